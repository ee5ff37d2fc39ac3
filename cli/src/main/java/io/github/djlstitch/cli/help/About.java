// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.help;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Puts an option, or all options of a class, under a heading of the help. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface About {
  /** The heading. */
  Topic value();
}
