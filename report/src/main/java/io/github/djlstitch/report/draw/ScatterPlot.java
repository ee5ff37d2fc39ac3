// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Figure.Group;
import io.github.djlstitch.report.Figure.Panel;
import io.github.djlstitch.report.Figure.Point;
import io.github.djlstitch.report.draw.Mark.Align;
import io.github.djlstitch.report.draw.Mark.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Panels of points; a group has the same color and form in all of them. */
final class ScatterPlot {
  private static final double GAP = 22;
  private static final double HEADING = 26;
  private static final double MARGIN = 10;
  private static final double ROOM = 0.05;
  private static final double TALLEST = 420;
  private static final int DENSE = 600;

  private final Figure.Scatter figure;
  private final List<String> names;
  private final int columns;
  private final List<Mark> marks = new ArrayList<>();

  ScatterPlot(Figure.Scatter figure) {
    this.figure = figure;
    this.names =
        figure.panels().stream()
            .flatMap(p -> p.groups().stream())
            .map(Group::name)
            .distinct()
            .toList();
    this.columns = Math.max(1, Math.min(figure.columns(), figure.panels().size()));
  }

  Sheet sheet() {
    double whole = columns == 1 ? Drawing.HALF : Drawing.WIDTH;
    double top = MARGIN;
    double legend =
        new Legend(
                Stream.iterate(0, i -> i + 1)
                    .limit(names.size())
                    .map(i -> Legend.Entry.points(names.get(i), Paint.series(i), symbol(i)))
                    .toList())
            .draw(MARGIN, top, whole - 2 * MARGIN, marks);
    top += legend + (legend > 0 ? MARGIN : 0);
    double width = (whole - 2 * MARGIN - GAP * (columns - 1)) / columns;
    double height = panelHeight(width);
    for (int i = 0; i < figure.panels().size(); i++) {
      double x = MARGIN + (i % columns) * (width + GAP);
      int above = i / columns;
      panel(figure.panels().get(i), x, top + above * (height + GAP), width, height);
    }
    int rows = (figure.panels().size() + columns - 1) / columns;
    return new Sheet(whole, top + rows * (height + GAP), marks);
  }

  // Forms differ only where there are more groups than colors.
  private static Symbol symbol(int index) {
    return Symbol.at(index / Paint.COUNT);
  }

  private double panelHeight(double width) {
    boolean named = figure.panels().stream().anyMatch(ScatterPlot::hasAxes);
    double plot = Math.min(TALLEST, named ? (width - Frame.LEFT) * 0.85 : width);
    return HEADING + plot + (named ? Frame.BOTTOM : 0);
  }

  private static boolean hasAxes(Panel panel) {
    return !panel.x().isEmpty() || !panel.y().isEmpty();
  }

  private void panel(Panel panel, double left, double top, double width, double height) {
    boolean named = hasAxes(panel);
    double from = named ? left + Frame.LEFT : left;
    double bottom = top + height - (named ? Frame.BOTTOM : 0);
    String title = Lettering.fitted(panel.title(), 13, left + width - from);
    marks.add(Label.of(from, top + 16, title, 13, Align.START, Paint.INK).strong());
    Axis x = Axis.around(values(panel, true), ROOM, from, left + width);
    Axis y = Axis.around(values(panel, false), ROOM, bottom, top + HEADING);
    if (named) {
      int across = (int) Math.max(3, (left + width - from) / 70);
      new Frame(x, y, panel.x(), panel.y()).draw(x.ticks(across), y.ticks(6), marks);
      points(panel, x, y);
    } else {
      border(from, top + HEADING, left + width, bottom);
      double unit =
          Math.max((x.high() - x.low()) / width, (y.high() - y.low()) / (bottom - top - HEADING));
      points(panel, scaled(x, unit), scaled(y, unit));
    }
  }

  // Both axes get the same scale, as distances are all there is to see.
  private static Axis scaled(Axis axis, double unit) {
    double middle = (axis.low() + axis.high()) / 2;
    double half = Math.abs(axis.to() - axis.from()) * unit / 2;
    return new Axis(middle - half, middle + half, axis.from(), axis.to(), false);
  }

  private void border(double left, double top, double right, double bottom) {
    marks.add(
        new Mark.Line(
            List.of(
                new Mark.Spot(left, top),
                new Mark.Spot(right, top),
                new Mark.Spot(right, bottom),
                new Mark.Spot(left, bottom),
                new Mark.Spot(left, top)),
            Paint.GRID,
            1,
            0));
  }

  private static DoubleStream values(Panel panel, boolean horizontal) {
    return panel.groups().stream()
        .flatMap(g -> g.points().stream())
        .mapToDouble(p -> horizontal ? p.x() : p.y());
  }

  // Groups take turns, so that none lies over all the others.
  private void points(Panel panel, Axis x, Axis y) {
    int count = panel.groups().stream().mapToInt(g -> g.points().size()).sum();
    int longest = panel.groups().stream().mapToInt(g -> g.points().size()).max().orElse(0);
    double radius = (count > DENSE ? 2.4 : count > DENSE / 4 ? 3.2 : 4.2) - (columns > 2 ? 0.5 : 0);
    for (int i = 0; i < longest; i++) {
      for (Group group : panel.groups()) {
        if (i < group.points().size()) {
          point(group, group.points().get(i), x, y, radius);
        }
      }
    }
  }

  private void point(Group group, Point point, Axis x, Axis y, double radius) {
    if (!x.shows(point.x()) || !y.shows(point.y())) {
      return;
    }
    int place = names.indexOf(group.name());
    String tip =
        point.label().isBlank() || point.label().equals(group.name())
            ? group.name()
            : group.name().isBlank() ? point.label() : group.name() + ": " + point.label();
    marks.add(
        symbol(place)
            .mark(x.place(point.x()), y.place(point.y()), radius, Paint.series(place), 0.72, tip));
  }
}
