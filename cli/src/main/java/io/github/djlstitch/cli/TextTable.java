// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells as aligned text or as Markdown; the first column is left-aligned, others right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    rows.add(List.of(header));
  }

  TextTable(List<String> header) {
    rows.add(List.copyOf(header));
  }

  TextTable row(String... cells) {
    return row(Arrays.asList(cells));
  }

  TextTable row(List<String> cells) {
    rows.add(cells.stream().map(TextTable::printable).toList());
    return this;
  }

  /** Aligned by blanks, a line a row; every column but the first to the right. */
  String text() {
    return aligned(false);
  }

  /** Aligned by blanks, a line a row; every column to the left. */
  String leftAligned() {
    return aligned(true);
  }

  private String aligned(boolean left) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ")
            .append(i == 0 || left ? row.get(i) + pad : pad + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** As a Markdown table. */
  String markdown() {
    var text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = rows.get(i).stream().map(c -> c.replace("|", "\\|")).toList();
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
      if (i == 0) {
        text.append("| --- |").append(" ---: |".repeat(cells.size() - 1)).append('\n');
      }
    }
    return text.toString();
  }

  // A name from a file must not be able to steer the terminal.
  private static String printable(String cell) {
    return cell.replaceAll("\\p{Cntrl}", "?");
  }
}
