// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.List;

/**
 * Findings as rows of equal length, for CSV.
 *
 * @param columns headings
 * @param rows each as long as the headings
 */
public record Records(List<String> columns, List<List<Field>> rows) {

  /** Takes copies, and checks that rows have as many fields as there are columns. */
  public Records {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Field> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "there are %d columns but a row of %d fields".formatted(columns.size(), row.size()));
      }
    }
  }
}
