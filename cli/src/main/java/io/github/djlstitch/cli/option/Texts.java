// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.report.Wrapped;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.internal.data.Datasets;
import java.util.List;
import java.util.ListResourceBundle;

/** Texts of help that are made from what the library knows, for {@code ${bundle:...}}. */
public final class Texts extends ListResourceBundle {
  static final String DATA = "data-forms";
  static final String COLUMNS = "column-keys";

  // The narrowest column of descriptions; picocli would break lines at the colons of forms.
  private static final int WIDTH = 50;

  @Override
  protected Object[][] getContents() {
    return new Object[][] {
      {DATA, wrapped(Datasets.help())},
      {COLUMNS, String.join(", ", DatasetOptions.columnKeys())},
    };
  }

  private static String wrapped(String text) {
    return Wrapped.words("", "", List.of(text.split(" ", -1)), WIDTH).stripTrailing();
  }
}
