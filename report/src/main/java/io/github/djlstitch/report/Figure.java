// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.encoders.image.RgbImage;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A figure of a report, as data; renderers make SVG and PNG of it. Texts are plain; renderers
 * escape them.
 */
public sealed interface Figure {
  /** Names it in files: lower-case letters, digits and hyphens, unique in its document. */
  String id();

  /** The heading, one line. */
  String title();

  /** Tells a reader what to see in it, in a sentence or two. */
  String caption();

  /**
   * Points in one or more panels, colored by group.
   *
   * @param columns how many panels in a row
   */
  record Scatter(String id, String title, String caption, int columns, List<Panel> panels)
      implements Figure {
    /** Takes a copy. */
    public Scatter {
      requireId(id);
      panels = List.copyOf(panels);
    }
  }

  /**
   * One pair of axes with points.
   *
   * @param title of the panel
   * @param x name of the horizontal axis; empty for an axis without meaning, which gets no ticks
   * @param y name of the vertical axis; the same
   */
  record Panel(String title, String x, String y, List<Group> groups) {
    /** Takes a copy. */
    public Panel {
      groups = List.copyOf(groups);
    }
  }

  /** Points of one color; the same name has the same color in all panels. */
  record Group(String name, List<Point> points) {
    /** Takes a copy. */
    public Group {
      points = List.copyOf(points);
    }
  }

  /**
   * One point.
   *
   * @param label shown when the pointer is over it
   */
  record Point(double x, double y, String label) {}

  /**
   * Curves with bands of their standard deviation, if there are few of those: more hide each other.
   *
   * @param x name of the horizontal axis
   * @param y name of the vertical axis
   * @param logarithmic whether the horizontal axis is
   */
  record Lines(
      String id,
      String title,
      String caption,
      String x,
      String y,
      boolean logarithmic,
      List<Curve> curves)
      implements Figure {
    private static final int MOST_BANDS = 4;

    /** Takes a copy. */
    public Lines {
      requireId(id);
      curves = List.copyOf(curves);
    }

    /** Tells if deviations are drawn, not only told when the pointer is over a place. */
    public boolean hasBands() {
      return hasBands(curves);
    }

    /** Tells if the deviations of such curves are drawn. */
    public static boolean hasBands(List<Curve> curves) {
      return curves.stream().filter(Curve::hasDeviations).count() <= MOST_BANDS;
    }
  }

  /**
   * One curve.
   *
   * @param reference whether it is not a result but there to compare with: chance, a baseline, a
   *     paper's numbers; drawn gray and dashed
   */
  record Curve(String name, List<Mark> marks, boolean reference) {
    /** Takes a copy. */
    public Curve {
      marks = List.copyOf(marks);
    }

    /** A result. */
    public Curve(String name, List<Mark> marks) {
      this(name, marks, false);
    }

    boolean hasDeviations() {
      return marks.stream().anyMatch(mark -> mark.std().isPresent());
    }
  }

  /** One measured place of a curve. */
  record Mark(double x, double y, OptionalDouble std) {}

  /**
   * A matrix of numbers as colors with the numbers on them.
   *
   * @param rowTitle what rows are
   * @param columnTitle what columns are
   * @param values by row; empty for what was not measured
   * @param digits shown after the point
   * @param measure what the numbers are; maps of the same one share a scale of colors in a
   *     document. Empty for a scale of its own
   * @param logarithmic whether the scale of colors is, for numbers above 0 of several magnitudes
   */
  record HeatMap(
      String id,
      String title,
      String caption,
      String rowTitle,
      String columnTitle,
      List<String> rows,
      List<String> columns,
      List<List<OptionalDouble>> values,
      int digits,
      String measure,
      boolean logarithmic)
      implements Figure {
    /** Takes copies. */
    public HeatMap {
      requireId(id);
      rows = List.copyOf(rows);
      columns = List.copyOf(columns);
      values = values.stream().map(List::copyOf).toList();
    }

    /** One whose scale of colors is linear. */
    public HeatMap(
        String id,
        String title,
        String caption,
        String rowTitle,
        String columnTitle,
        List<String> rows,
        List<String> columns,
        List<List<OptionalDouble>> values,
        int digits,
        String measure) {
      this(
          id, title, caption, rowTitle, columnTitle, rows, columns, values, digits, measure, false);
    }

    /** The same shown with so many digits after the point. */
    public HeatMap withDigits(int shown) {
      return new HeatMap(
          id,
          title,
          caption,
          rowTitle,
          columnTitle,
          rows,
          columns,
          values,
          shown,
          measure,
          logarithmic);
    }

    /** The same with a logarithmic scale of colors. */
    public HeatMap byMagnitude() {
      return new HeatMap(
          id, title, caption, rowTitle, columnTitle, rows, columns, values, digits, measure, true);
    }
  }

  /**
   * Small images in a grid.
   *
   * @param rows names of the rows
   * @param columns names of the columns
   * @param images by row
   */
  record Pictures(
      String id,
      String title,
      String caption,
      List<String> rows,
      List<String> columns,
      List<List<RgbImage>> images)
      implements Figure {
    /** Takes copies. */
    public Pictures {
      requireId(id);
      rows = List.copyOf(rows);
      columns = List.copyOf(columns);
      images = images.stream().map(List::copyOf).toList();
    }
  }

  /** Checks that a name can be part of a file's name. */
  static void requireId(String id) {
    if (!Pattern.matches("[a-z0-9][a-z0-9-]{0,63}", id)) {
      throw new IllegalArgumentException("'" + id + "' is no name for a table or figure");
    }
  }
}
