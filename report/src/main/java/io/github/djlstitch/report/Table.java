// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.List;

/**
 * A table of a report.
 *
 * @param id names it in files: lower-case letters, digits and hyphens, unique in its document
 * @param title what it shows, one line
 * @param columns headings; the first {@code labels} columns hold words, left-aligned
 * @param labels how many columns are labels, at least 1
 * @param rows each as long as the headings
 * @param notes what a reader must know to read it, a line each
 */
public record Table(
    String id,
    String title,
    List<String> columns,
    int labels,
    List<List<Cell>> rows,
    List<String> notes) {

  /** Takes copies, and checks that rows have as many cells as there are columns. */
  public Table {
    Figure.requireId(id);
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "table '%s' has %d columns but a row of %d cells"
                .formatted(id, columns.size(), row.size()));
      }
    }
  }

  /** Of columns and rows, the first column words. */
  public static Table of(String id, String title, List<String> columns, List<List<Cell>> rows) {
    return new Table(id, title, columns, 1, rows, List.of());
  }

  /** The same with so many columns of words. */
  public Table withLabels(int count) {
    return new Table(id, title, columns, count, rows, notes);
  }

  /** The same with notes under it. */
  public Table withNotes(String... lines) {
    return new Table(id, title, columns, labels, rows, List.of(lines));
  }
}
