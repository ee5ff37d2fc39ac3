// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.draw.Mark.Align;
import io.github.djlstitch.report.draw.Mark.Label;
import java.util.ArrayList;
import java.util.List;

/** Names beside their symbols, in rows. */
final class Legend {
  static final double ROW = 20;
  private static final double SIZE = 12;
  private static final double SYMBOL = 14;
  private static final double BETWEEN = 18;
  private static final double WIDEST = 220;
  private static final int MOST = 60;

  private final List<Entry> entries;

  /**
   * A name.
   *
   * @param line whether its symbol is on a line
   * @param dash of a line without a symbol; 0 for a solid one with it
   */
  record Entry(String name, Paint paint, Symbol symbol, boolean line, double dash) {
    /** Of points. */
    static Entry points(String name, Paint paint, Symbol symbol) {
      return new Entry(name, paint, symbol, false, 0);
    }

    /** Of a curve with points on it. */
    static Entry curve(String name, Paint paint, Symbol symbol) {
      return new Entry(name, paint, symbol, true, 0);
    }

    /** Of a line to compare with. */
    static Entry reference(String name, Paint paint, double dash) {
      return new Entry(name, paint, Symbol.DISC, true, dash);
    }
  }

  Legend(List<Entry> entries) {
    // One thing without a name needs no explanation.
    boolean plain = entries.size() == 1 && entries.get(0).name().isBlank();
    this.entries = plain ? List.of() : entries.subList(0, Math.min(MOST, entries.size()));
  }

  /** Draws rows from a place on and returns their height. */
  double draw(double left, double top, double width, List<Mark> marks) {
    double x = left;
    double y = top;
    for (Entry entry : entries) {
      String name = Lettering.fitted(entry.name(), SIZE, WIDEST);
      double taken = symbolWidth(entry) + Lettering.width(name, SIZE) + BETWEEN;
      if (x > left && x + taken - BETWEEN > left + width) {
        x = left;
        y += ROW;
      }
      marks.addAll(marks(entry, name, x, y));
      x += taken;
    }
    return entries.isEmpty() ? 0 : y - top + ROW;
  }

  private static double symbolWidth(Entry entry) {
    return entry.line() ? 2 * SYMBOL : SYMBOL;
  }

  private static List<Mark> marks(Entry entry, String name, double x, double y) {
    List<Mark> marks = new ArrayList<>();
    double middle = y + ROW / 2;
    double symbol = symbolWidth(entry) - 6;
    if (entry.line()) {
      marks.add(
          new Mark.Line(
              List.of(new Mark.Spot(x, middle), new Mark.Spot(x + symbol, middle)),
              entry.paint(),
              2,
              entry.dash()));
    }
    if (entry.dash() == 0) {
      marks.add(entry.symbol().mark(x + symbol / 2, middle, 4, entry.paint(), 1, ""));
    }
    marks.add(
        Label.of(x + symbolWidth(entry), middle + SIZE * 0.36, name, SIZE, Align.START, Paint.INK));
    return marks;
  }
}
