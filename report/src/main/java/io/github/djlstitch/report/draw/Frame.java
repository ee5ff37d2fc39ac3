// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.draw.Mark.Align;
import io.github.djlstitch.report.draw.Mark.Label;
import io.github.djlstitch.report.draw.Mark.Line;
import java.util.List;

/** The grid, ticks and names of a pair of axes. */
record Frame(Axis x, Axis y, String xName, String yName) {
  static final double LEFT = 62;
  static final double BOTTOM = 50;
  private static final double TICK = 11.5;
  private static final double NAME = 12.5;

  /** Draws grid lines, then the ticks' numbers and the names. */
  void draw(List<Axis.Tick> xTicks, List<Axis.Tick> yTicks, List<Mark> marks) {
    double left = x.from();
    double right = x.to();
    double bottom = y.from();
    double top = y.to();
    for (Axis.Tick tick : yTicks) {
      marks.add(Line.between(left, tick.place(), right, tick.place(), Paint.GRID));
      marks.add(
          Label.of(
              left - 8, tick.place() + TICK * 0.36, tick.text(), TICK, Align.END, Paint.MUTED));
    }
    for (Axis.Tick tick : xTicks) {
      marks.add(Line.between(tick.place(), bottom, tick.place(), top, Paint.GRID));
      marks.add(Label.of(tick.place(), bottom + 18, tick.text(), TICK, Align.MIDDLE, Paint.MUTED));
    }
    marks.add(Line.between(left, bottom, right, bottom, Paint.AXIS));
    double middle = (left + right) / 2;
    String xText = Lettering.fitted(xName, NAME, right - left);
    marks.add(Label.of(middle, bottom + 40, xText, NAME, Align.MIDDLE, Paint.INK));
    String yText = Lettering.fitted(yName, NAME, bottom - top);
    marks.add(
        Label.of(left - 46, (top + bottom) / 2, yText, NAME, Align.MIDDLE, Paint.INK).turned(-90));
  }
}
