// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells as aligned text or as Markdown; the first column is left-aligned, others right. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... header) {
    rows.add(List.of(header));
  }

  public TextTable(List<String> header) {
    rows.add(List.copyOf(header));
  }

  public TextTable row(String... cells) {
    return row(Arrays.asList(cells));
  }

  public TextTable row(List<String> cells) {
    rows.add(cells.stream().map(TextTable::printable).toList());
    return this;
  }

  /** Aligned by blanks, a line a row; every column but the first to the right. */
  public String text() {
    return labelled(1);
  }

  /** Aligned by blanks, a line a row; every column to the left. */
  public String leftAligned() {
    return labelled(Integer.MAX_VALUE);
  }

  /** Aligned by blanks, a line a row; so many columns to the left, the others to the right. */
  public String labelled(int labels) {
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
        line.append(i == 0 ? "" : "  ").append(i < labels ? row.get(i) + pad : pad + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** As a Markdown table. */
  public String markdown() {
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
