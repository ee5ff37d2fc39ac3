// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.internal.data.Datasets;
import java.util.ListResourceBundle;

/** Texts of help that are made from what the library knows, for {@code ${bundle:...}}. */
public final class Texts extends ListResourceBundle {
  static final String DATA = "data-forms";
  static final String COLUMNS = "column-keys";

  @Override
  protected Object[][] getContents() {
    return new Object[][] {
      {DATA, Datasets.help()},
      {COLUMNS, String.join(", ", DatasetOptions.columnKeys())},
    };
  }
}
