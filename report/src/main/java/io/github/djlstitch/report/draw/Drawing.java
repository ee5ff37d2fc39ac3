// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.Figure;
import java.util.List;
import java.util.Map;

/** A figure as it is drawn: marks from back to front. Immutable. */
public final class Drawing {
  /**
   * The greatest width of a drawing, in pixels, but for matrices and grids that have many columns.
   */
  static final double WIDTH = 760;

  /** The width of a drawing of which two are side by side in a page, and one on a phone. */
  static final double HALF = 460;

  // Names beside a matrix may make it a little wider.
  private static final double SLACK = 60;

  private final Figure figure;
  private final double width;
  private final double height;
  private final List<Mark> marks;

  private Drawing(Figure figure, Scale scale) {
    Sheet sheet = sheet(figure, scale);
    this.figure = figure;
    this.width = sheet.width();
    this.height = sheet.height();
    this.marks = sheet.marks();
  }

  /** Draws a figure that stands alone. */
  public static Drawing of(Figure figure) {
    return all(List.of(figure)).get(0);
  }

  /** Draws the figures of a document: matrices of one measure have one scale of colors. */
  public static List<Drawing> all(List<Figure> figures) {
    Map<String, Scale> scales = Scale.byMeasure(figures);
    return figures.stream().map(figure -> new Drawing(figure, Scale.of(figure, scales))).toList();
  }

  private static Sheet sheet(Figure figure, Scale scale) {
    if (figure instanceof Figure.Scatter scatter) {
      return new ScatterPlot(scatter).sheet();
    }
    if (figure instanceof Figure.Lines lines) {
      return new LinePlot(lines).sheet();
    }
    if (figure instanceof Figure.HeatMap map) {
      return new HeatPlot(map, scale).sheet();
    }
    return new PictureGrid((Figure.Pictures) figure).sheet();
  }

  /** Tells if it needs the whole width of a page. */
  public boolean isWide() {
    return width > HALF + SLACK;
  }

  /** As an SVG element for a page, whose style sheet gives the colors; without a title. */
  public String svgElement(String labelledBy) {
    return new Svg(this, false).element(labelledBy);
  }

  /** As an SVG file with fixed colors on white, with the figure's title. */
  public String svgFile() {
    return new Svg(this, true).file();
  }

  /** As a PNG file of twice the size, on white, with the figure's title. */
  public byte[] png() {
    return new Png(this).file();
  }

  /** The figure's. */
  public String id() {
    return figure.id();
  }

  /** Pixels at its own size. */
  public double width() {
    return width;
  }

  double height() {
    return height;
  }

  String title() {
    return figure.title();
  }

  List<Mark> marks() {
    return marks;
  }
}
