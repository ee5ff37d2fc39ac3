// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Figure.Curve;
import io.github.djlstitch.report.draw.Mark.Area;
import io.github.djlstitch.report.draw.Mark.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Curves with bands of one standard deviation. */
final class LinePlot {
  private static final double PLOT = 340;
  private static final double MARGIN = 14;
  private static final double RIGHT = 18;
  private static final int MOST_MEASURED = 14;

  private final Figure.Lines figure;
  private final List<Mark> marks = new ArrayList<>();

  LinePlot(Figure.Lines figure) {
    this.figure = figure;
  }

  Sheet sheet() {
    List<Curve> curves = figure.curves();
    double legend =
        new Legend(
                IntStream.range(0, curves.size())
                    .mapToObj(
                        i ->
                            new Legend.Entry(
                                curves.get(i).name(), Paint.series(i), symbol(i), true))
                    .toList())
            .draw(Frame.LEFT + 6, MARGIN, Drawing.WIDTH - Frame.LEFT - 2 * RIGHT, marks);
    double top = MARGIN + legend + MARGIN;
    double left = Frame.LEFT + 6;
    double right = Drawing.WIDTH - RIGHT;
    Axis x =
        figure.logarithmic()
            ? Axis.ratios(places(), left, right)
            : Axis.around(places(), 0.03, left, right);
    Axis y = Axis.around(heights(), 0.06, top + PLOT, top);
    new Frame(x, y, figure.x() + (figure.logarithmic() ? " (log scale)" : ""), figure.y())
        .draw(ticks(x), y.ticks(7), marks);
    for (int i = 0; figure.hasBands() && i < curves.size(); i++) {
      band(curves.get(i), i, x, y);
    }
    for (int i = 0; i < curves.size(); i++) {
      curve(curves.get(i), i, x, y);
    }
    return new Sheet(Drawing.WIDTH, top + PLOT + Frame.BOTTOM + 4, marks);
  }

  private static Symbol symbol(int index) {
    return Symbol.at(index);
  }

  private List<Axis.Tick> ticks(Axis x) {
    if (!x.logarithmic()) {
      return x.ticks(10);
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
