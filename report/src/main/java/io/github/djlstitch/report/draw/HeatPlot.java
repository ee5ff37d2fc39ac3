// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.draw.Mark.Align;
import io.github.djlstitch.report.draw.Mark.Area;
import io.github.djlstitch.report.draw.Mark.Label;
import io.github.djlstitch.report.draw.Mark.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A matrix as colors, with its numbers on them where there is room. */
final class HeatPlot {
  private static final double MARGIN = 14;
  private static final double NAME = 12.5;
  private static final double BAR = 14;
  private static final double HATCH = 9;
  private static final double NUMBER = 12;
  private static final double MANY = 1e6; // more digits do not fit into a cell

  // Few columns leave room for another figure beside them.
  private static final int FEW = 7;
  private static final double ROOM_OF_FEW = 290;
  private static final double ROOM = 520;

  private final Figure.HeatMap figure;
  private final Scale scale;
  private final double cellWidth;
  private final double cellHeight;
  private final GridLabels labels;
  private final List<Mark> marks = new ArrayList<>();

  HeatPlot(Figure.HeatMap figure, Scale scale) {
    this.figure = figure;
    this.scale = scale;
    int columns = Math.max(1, figure.columns().size());
    double room = columns > FEW ? ROOM : ROOM_OF_FEW;
    this.cellWidth = Math.max(14, Math.min(64, room / columns));
    this.cellHeight = Math.max(14, Math.min(40, cellWidth));
    this.labels = new GridLabels(figure.rows(), figure.columns(), cellWidth);
  }

  Sheet sheet() {
    double x = MARGIN + 20 + labels.left();
    double y = MARGIN + 18 + labels.top();
    double width = cellWidth * figure.columns().size();
    double height = cellHeight * figure.rows().size();
    marks.add(
        Label.of(x + width / 2, MARGIN + 8, figure.columnTitle(), NAME, Align.MIDDLE, Paint.MUTED));
    marks.add(
        Label.of(MARGIN + 10, y + height / 2, figure.rowTitle(), NAME, Align.MIDDLE, Paint.MUTED)
            .turned(-90));
    labels.draw(x, y, cellHeight, marks);
    for (int row = 0; row < figure.values().size(); row++) {
      for (int column = 0; column < figure.values().get(row).size(); column++) {
        cell(row, column, x + column * cellWidth, y + row * cellHeight);
      }
    }
    double bar = x + width + Math.max(26, labels.overhang() - 40);
    bar(bar, y, Math.max(height, 80));
    double right = Math.max(bar + BAR + 64, x + width + labels.overhang() + MARGIN);
    return new Sheet(right, y + Math.max(height, 80) + MARGIN + 6, marks);
  }

  private void cell(int row, int column, double x, double y) {
    OptionalDouble value = figure.values().get(row).get(column);
    String where = figure.rows().get(row) + " \u00d7 " + figure.columns().get(column);
    if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
      hatched(x, y, where);
      return;
    }
    double share = scale.share(value.getAsDouble());
    String number = number(value.getAsDouble());
    // A hair's breadth of paper between cells.
    marks.add(
        Area.box(
            x + 0.75,
            y + 0.75,
            cellWidth - 1.5,
            cellHeight - 1.5,
            Ramp.color(share),
            where + ": " + number));
    words(x, y, number, Ramp.words(share));
  }

  private void words(double x, double y, String text, Paint paint) {
    if (Lettering.width(text, NUMBER) <= cellWidth - 4 && cellHeight >= NUMBER + 4) {
      double middle = y + cellHeight / 2 + NUMBER * 0.36;
      marks.add(Label.of(x + cellWidth / 2, middle, text, NUMBER, Align.MIDDLE, paint));
    }
  }

  private void hatched(double x, double y, String where) {
    for (double d = HATCH; d < cellWidth + cellHeight - 1; d += HATCH) {
      double left = Math.max(0, d - cellHeight);
      double right = Math.min(cellWidth, d);
      marks.add(Line.between(x + left, y + d - left, x + right, y + d - right, Paint.AXIS));
    }
    marks.add(Area.sensor(x, y, cellWidth, cellHeight, where + ": not measured"));
    words(x, y, "-", Paint.MUTED);
  }

  private void bar(double x, double y, double height) {
    marks.add(Label.of(x, y - 8, figure.measure(), 11.5, Align.START, Paint.MUTED));
    int steps = 48;
    double step = height / steps;
    for (int i = 0; i < steps; i++) {
      Paint paint = Ramp.color(1 - (i + 0.5) / steps);
      marks.add(Area.box(x, y + i * step, BAR, step + 0.4, paint, ""));
    }
    boolean apart = scale.high() > scale.low();
    double[] shares = apart ? new double[] {0, 0.5, 1} : new double[] {0.5};
    for (double share : shares) {
      double at = y + height * (1 - share) + NUMBER * (share * 0.7);
      String number = number(scale.at(share));
      marks.add(Label.of(x + BAR + 7, at, number, 11.5, Align.START, Paint.MUTED));
    }
  }

  private String number(double value) {
    if (Math.abs(value) >= MANY) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    return String.format(Locale.ROOT, "%." + figure.digits() + "f", value);
  }
}
