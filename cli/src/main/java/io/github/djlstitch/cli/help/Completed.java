// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.help;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of an option's or parameter's words more than the words themselves. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
public @interface Completed {
  /** True if several words may stand there, with commas between them. */
  boolean list() default false;

  /** True if a file or folder may stand there too, also behind a word that ends in a colon. */
  boolean path() default false;
}
