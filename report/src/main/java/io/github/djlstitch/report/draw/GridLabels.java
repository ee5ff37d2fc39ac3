// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.draw.Mark.Align;
import io.github.djlstitch.report.draw.Mark.Label;
import java.util.List;

/**
 * Names of the rows of a grid to its left and of its columns above it; slanted where they do not
 * fit side by side.
 *
 * @param cell width of a column
 */
record GridLabels(List<String> rows, List<String> columns, double cell) {
  static final double SIZE = 12;
  private static final double WIDEST = 190;
  private static final double SLANT = 40;

  /** Pixels to the left of the grid. */
  double left() {
    return 12 + widest(rows);
  }

  /** Pixels above it. */
  double top() {
    return slanted() ? 12 + widest(columns) * Math.sin(Math.toRadians(SLANT)) + 6 : 24;
  }

  /** Pixels to the right that the last slanted name needs. */
  double overhang() {
    double last = columns.isEmpty() ? 0 : width(columns.get(columns.size() - 1));
    return slanted() ? Math.max(0, last * Math.cos(Math.toRadians(SLANT)) - cell / 2) : 0;
  }

  private boolean slanted() {
    return widest(columns) > cell - 4;
  }

  private static double widest(List<String> names) {
    return names.stream().mapToDouble(GridLabels::width).max().orElse(0);
  }

  private static double width(String name) {
    return Math.min(WIDEST, Lettering.width(name, SIZE));
  }

  /** Draws them around a grid whose corner and row height these are. */
  void draw(double x, double y, double height, List<Mark> marks) {
    for (int i = 0; i < rows.size() && (height >= SIZE || i % 2 == 0); i++) {
      String name = Lettering.fitted(rows.get(i), SIZE, WIDEST);
      double middle = y + (i + 0.5) * height + SIZE * 0.36;
      marks.add(Label.of(x - 8, middle, name, SIZE, Align.END, Paint.INK));
    }
    for (int i = 0; i < columns.size(); i++) {
      String name = Lettering.fitted(columns.get(i), SIZE, WIDEST);
      double middle = x + (i + 0.5) * cell;
      marks.add(
          slanted()
              ? Label.of(middle, y - 7, name, SIZE, Align.START, Paint.INK).turned(-SLANT)
              : Label.of(middle, y - 8, name, SIZE, Align.MIDDLE, Paint.INK));
    }
  }
}
