// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Figure.Curve;
import io.github.djlstitch.report.draw.Mark.Area;
import io.github.djlstitch.report.draw.Mark.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Curves with bands of one standard deviation. */
final class LinePlot {
  private static final double PLOT = 260;
  private static final double MARGIN = 14;
  private static final double RIGHT = 18;
  private static final int MOST_MEASURED = 14;

  private static final double[] DASHES = {6, 2.5, 11};
  private static final double REFERENCE = 1.6;
  private static final double TOUCH = 5;

  private final Figure.Lines figure;
  private final List<Curve> results;
  private final List<Curve> references;
  private final List<Mark> marks = new ArrayList<>();

  LinePlot(Figure.Lines figure) {
    this.figure = figure;
    this.results = figure.curves().stream().filter(c -> !c.reference()).toList();
    this.references = figure.curves().stream().filter(Curve::reference).toList();
  }

  Sheet sheet() {
    double left = Frame.LEFT + 6;
    double right = Drawing.HALF - RIGHT;
    double legend = new Legend(entries()).draw(left, MARGIN, right - left, marks);
    double top = MARGIN + legend + MARGIN;
    Axis x =
        figure.logarithmic()
            ? Axis.ratios(places(), left, right)
            : Axis.around(places(), 0.03, left, right);
    Axis y = Axis.around(heights(), 0.06, top + PLOT, top);
    new Frame(x, y, figure.x() + (figure.logarithmic() ? " (log scale)" : ""), figure.y())
        .draw(ticks(x), y.ticks(6), marks);
    for (int i = 0; i < references.size(); i++) {
      reference(references.get(i), i, x, y);
    }
    for (int i = 0; figure.hasBands() && i < results.size(); i++) {
      band(results.get(i), i, x, y);
    }
    for (int i = 0; i < results.size(); i++) {
      curve(results.get(i), i, x, y);
    }
    return new Sheet(Drawing.HALF, top + PLOT + Frame.BOTTOM + 4, marks);
  }

  private List<Legend.Entry> entries() {
    List<Legend.Entry> entries = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      String name = results.get(i).name();
      entries.add(Legend.Entry.curve(name, Paint.series(i), symbol(i)));
    }
    for (int i = 0; i < references.size(); i++) {
      entries.add(Legend.Entry.reference(references.get(i).name(), Paint.MUTED, dash(i)));
    }
    return entries;
  }

  private static Symbol symbol(int index) {
    return Symbol.at(index);
  }

  private static double dash(int index) {
    return DASHES[index % DASHES.length];
  }

  // One that is the same everywhere goes from side to side.
  private void reference(Curve curve, int index, Axis x, Axis y) {
    List<Figure.Mark> shown = shown(curve, x, y);
    if (shown.isEmpty()) {
      return;
    }
    double height = shown.get(0).y();
    boolean level = shown.stream().allMatch(m -> m.y() == height);
    List<Spot> line =
        level
            ? List.of(new Spot(x.from(), y.place(height)), new Spot(x.to(), y.place(height)))
            : shown.stream().map(m -> spot(m, 0, x, y)).toList();
    if (line.size() > 1) {
      marks.add(new Mark.Line(line, Paint.MUTED, REFERENCE, dash(index)));
    }
    for (Figure.Mark mark : shown) {
      Spot at = spot(mark, 0, x, y);
      String tip = tip(curve, mark);
      marks.add(Area.sensor(at.x() - TOUCH, at.y() - TOUCH, 2 * TOUCH, 2 * TOUCH, tip));
    }
  }

  private List<Axis.Tick> ticks(Axis x) {
    if (!x.logarithmic()) {
      return x.ticks(7);
    }
    List<Double> measured = places().filter(x::shows).distinct().sorted().boxed().toList();
    return x.ticksAt(measured.size() > MOST_MEASURED ? x.decades() : measured, 34);
  }

  private DoubleStream places() {
    return finite().mapToDouble(Figure.Mark::x);
  }

  private DoubleStream heights() {
    return finite().flatMapToDouble(m -> DoubleStream.of(m.y() - half(m), m.y() + half(m)));
  }

  private double half(Figure.Mark mark) {
    return figure.hasBands() ? mark.std().orElse(0) : 0;
  }

  private Stream<Figure.Mark> finite() {
    return figure.curves().stream()
        .flatMap(c -> c.marks().stream())
        .filter(m -> Double.isFinite(m.x()) && Double.isFinite(m.y()));
  }

  private void band(Curve curve, int index, Axis x, Axis y) {
    List<Spot> outline = new ArrayList<>();
    List<Figure.Mark> shown = shown(curve, x, y);
    shown.forEach(m -> outline.add(spot(m, m.std().orElse(0), x, y)));
    for (int i = shown.size() - 1; i >= 0; i--) {
      outline.add(spot(shown.get(i), -shown.get(i).std().orElse(0), x, y));
    }
    if (shown.size() > 1 && shown.stream().anyMatch(m -> m.std().isPresent())) {
      marks.add(new Area(outline, Paint.series(index), 0.15, ""));
    }
  }

  private void curve(Curve curve, int index, Axis x, Axis y) {
    List<Figure.Mark> shown = shown(curve, x, y);
    List<Spot> line = shown.stream().map(m -> spot(m, 0, x, y)).toList();
    double dash = index < Paint.COUNT ? 0 : 5;
    if (line.size() > 1) {
      marks.add(new Mark.Line(line, Paint.series(index), 2, dash));
    }
    double radius = shown.size() > 60 ? 2 : 4;
    for (Figure.Mark mark : shown) {
      Spot at = spot(mark, 0, x, y);
      marks.add(
          symbol(index).mark(at.x(), at.y(), radius, Paint.series(index), 1, tip(curve, mark)));
    }
  }

  private static List<Figure.Mark> shown(Curve curve, Axis x, Axis y) {
    return curve.marks().stream().filter(m -> x.shows(m.x()) && y.shows(m.y())).toList();
  }

  private static Spot spot(Figure.Mark mark, double above, Axis x, Axis y) {
    return new Spot(x.place(mark.x()), y.place(mark.y() + above));
  }

  private static String tip(Curve curve, Figure.Mark mark) {
    String spread =
        mark.std().isPresent() ? " \u00b1 " + Axis.number(mark.std().getAsDouble()) : "";
    String name = curve.name().isBlank() ? "" : curve.name() + " at ";
    return name + Axis.number(mark.x()) + ": " + Axis.number(mark.y()) + spread;
  }
}
