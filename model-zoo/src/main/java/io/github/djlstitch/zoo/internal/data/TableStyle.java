// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.zoo.data.DatasetOptions;
import java.nio.charset.Charset;

/** The columns of a table, and how its bytes are read. */
record TableStyle(ColumnNames names, char separator, Charset encoding) {
  /** As the options say, with the usual separator of the format. */
  static TableStyle of(DatasetOptions options, char usual) {
    return new TableStyle(
        ColumnNames.of(options.columns()), options.separator().orElse(usual), options.encoding());
  }

  /** In UTF-8. */
  static TableStyle of(ColumnNames names, char separator) {
    return new TableStyle(names, separator, UTF_8);
  }
}
