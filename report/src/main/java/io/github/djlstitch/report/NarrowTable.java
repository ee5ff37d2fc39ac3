// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table as aligned text for a terminal. Columns that do not fit beside the labels stand below
 * them, with the labels again.
 *
 * @param cells as they are printed, by row, the headings first
 * @param labels how many of the first columns are labels
 */
record NarrowTable(List<List<String>> cells, int labels) {
  private static final int GAP = 2;

  static NarrowTable of(Table table, boolean detailed) {
    List<List<String>> cells = new ArrayList<>(List.of(table.columns()));
    table.rows().forEach(r -> cells.add(r.stream().map(c -> shown(c, detailed)).toList()));
    return new NarrowTable(cells, table.labels());
  }

  private static String shown(Cell cell, boolean detailed) {
    String interval = detailed ? cell.shownInterval() : "";
    return interval.isEmpty() ? cell.shown() : cell.shown() + " " + interval;
  }

  String text(boolean colored) {
    return parts().stream().map(part -> part(part).text(colored)).collect(Collectors.joining("\n"));
  }

  String markdown() {
    return table(IntStream.range(0, cells.get(0).size()).boxed().toList()).markdown();
  }

  // Which columns of numbers stand beside each other.
  private List<List<Integer>> parts() {
    List<List<Integer>> parts = new ArrayList<>();
    int beside = IntStream.range(0, labels).map(this::width).sum();
    int used = Wrapped.WIDTH;
    for (int column = labels; column < cells.get(0).size(); column++) {
      if (parts.isEmpty() || used + width(column) - GAP > Wrapped.WIDTH) {
        parts.add(new ArrayList<>());
        used = beside;
      }
      parts.get(parts.size() - 1).add(column);
      used += width(column);
    }
    return parts.isEmpty() ? List.of(List.of()) : parts;
  }

  private int width(int column) {
    return GAP + cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private TextTable part(List<Integer> numbers) {
    List<Integer> columns = new ArrayList<>(IntStream.range(0, labels).boxed().toList());
    columns.addAll(numbers);
    return table(columns).labelled(labels);
  }

  private TextTable table(List<Integer> columns) {
    var table = new TextTable(columns.stream().map(cells.get(0)::get).toList());
    cells.stream().skip(1).forEach(row -> table.row(columns.stream().map(row::get).toList()));
    return table;
  }
}
