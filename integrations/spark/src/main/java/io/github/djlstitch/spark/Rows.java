// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Reads texts of rows, and adds columns to rows. */
final class Rows {
  /** The reason why a row without a text has no result. */
  static final String NO_TEXT = "no text";

  private Rows() {}

  /** The texts of the rows that have one. */
  static List<String> texts(List<Row> rows, int column) {
    return rows.stream().map(row -> text(row, column)).filter(Objects::nonNull).toList();
  }

  /** A row's text; null if it has none, or nothing but spaces. */
  static @Nullable String text(Row row, int column) {
    @Nullable String text = row.getString(column);
    return text == null || text.isBlank() ? null : text;
  }

  /** The row with more columns at its end. */
  static Row with(Row row, @Nullable Object... more) {
    @Nullable Object[] values = Arrays.copyOf(new Object[0], row.size() + more.length);
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    System.arraycopy(more, 0, values, row.size(), more.length);
    return RowFactory.create(values);
  }
}
