// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One cell of a table with its labels and its heading.
 *
 * @param table its id
 * @param row what its label columns say
 * @param column its heading
 * @param cell never absent
 */
public record Measurement(String table, List<String> row, String column, Cell cell) {
  /** Takes a copy. */
  public Measurement {
    row = List.copyOf(row);
  }

  /** All that a table says, by row. */
  public static List<Measurement> of(Table table) {
    List<Measurement> all = new ArrayList<>();
    for (List<Cell> row : table.rows()) {
      List<String> labels = row.subList(0, table.labels()).stream().map(Cell::shown).toList();
      for (int column = table.labels(); column < row.size(); column++) {
        if (!row.get(column).isAbsent()) {
          all.add(
              new Measurement(table.id(), labels, table.columns().get(column), row.get(column)));
        }
      }
    }
    return all;
  }
}
