// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.Figure;
import java.util.List;

/** A figure as it is drawn: marks from back to front. Immutable. */
public final class Drawing {
  /**
   * The greatest width of a drawing, in pixels, but for matrices and grids that have many columns.
   */
  static final double WIDTH = 760;

  private final Figure figure;
  private final double width;
  private final double height;
  private final List<Mark> marks;

  private Drawing(Figure figure, Sheet sheet) {
    this.figure = figure;
    this.width = sheet.width();
    this.height = sheet.height();
    this.marks = sheet.marks();
  }

  /** Draws a figure. */
  public static Drawing of(Figure figure) {
    return new Drawing(figure, sheet(figure));
  }

  private static Sheet sheet(Figure figure) {
    if (figure instanceof Figure.Scatter scatter) {
      return new ScatterPlot(scatter).sheet();
    }
    if (figure instanceof Figure.Lines lines) {
      return new LinePlot(lines).sheet();
    }
    if (figure instanceof Figure.HeatMap map) {
      return new HeatPlot(map).sheet();
    }
    return new PictureGrid((Figure.Pictures) figure).sheet();
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
