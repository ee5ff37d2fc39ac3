// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import java.util.Locale;

/** Constants that the command line, files and reports call by their names; for enums. */
public interface Named {
  /** The constant's name as it is declared, for example {@code MEAN_CCA}. */
  String name();

  /** The name to write and to read: in lower case with dashes, for example {@code mean-cca}. */
  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
