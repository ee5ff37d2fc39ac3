// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.core.internal.file.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of words, aligned by blanks or as Markdown. The first column is left-aligned and the
 * others right, unless told otherwise.
 */
public final class TextTable implements Blocks.Block {
  private final List<List<String>> rows = new ArrayList<>();
  private int labels = 1;

  /** Has these headings and no rows yet. */
  public TextTable(String... header) {
    row(header);
  }

  /** Has these headings and no rows yet. */
  public TextTable(List<String> header) {
    row(header);
  }

  /** Adds a row of as many cells as there are headings. */
  public TextTable row(String... cells) {
    return row(Arrays.asList(cells));
  }

  /** Adds a row of as many cells as there are headings. */
  public TextTable row(List<String> cells) {
    rows.add(cells.stream().map(Printable::visible).toList());
    return this;
  }

  /** Aligns so many columns to the left, the others to the right. */
  public TextTable labelled(int count) {
    labels = count;
    return this;
  }

  /** Aligns every column to the left. */
  public TextTable leftAligned() {
    return labelled(rows.get(0).size());
  }

  @Override
  public String text(boolean colored) {
    int[] widths = widths();
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

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  @Override
  public String markdown() {
    var text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = rows.get(i).stream().map(Markdown::cell).toList();
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
      if (i == 0) {
        text.append("| --- |").append(" ---: |".repeat(cells.size() - 1)).append('\n');
      }
    }
    return text.toString();
  }
}
