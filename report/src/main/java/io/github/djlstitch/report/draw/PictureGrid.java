// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.draw.Mark.Area;
import io.github.djlstitch.report.draw.Mark.Pixels;
import io.github.djlstitch.report.draw.Mark.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Small images in rows and columns. */
final class PictureGrid {
  private static final double MARGIN = 14;
  private static final double GOOD = 72;
  private static final double ROOM = 560;

  private final Figure.Pictures figure;

  PictureGrid(Figure.Pictures figure) {
    this.figure = figure;
  }

  Sheet sheet() {
    List<List<RgbImage>> images = figure.images();
    int columns = images.stream().mapToInt(List::size).max().orElse(0);
    if (columns == 0) {
      return new Sheet(Drawing.WIDTH, 2 * MARGIN, List.of());
    }
    int width = most(RgbImage::width);
    int height = most(RgbImage::height);
    double scale = Math.min(GOOD, ROOM / columns) / width;
    scale = scale >= 1 ? Math.rint(scale * 2) / 2 : scale;
    double across = (width + Sprite.GAP) * scale;
    double down = (height + Sprite.GAP) * scale;
    var labels = new GridLabels(figure.rows(), figure.columns(), across);
    double x = MARGIN + labels.left();
    double y = MARGIN + labels.top();
    List<Mark> marks = new ArrayList<>();
    labels.draw(x, y, down, marks);
    var sprite = Sprite.of(images, columns, width, height);
    double gap = Sprite.GAP * scale;
    double right = columns * across - gap;
    double bottom = images.size() * down - gap;
    marks.add(new Pixels(new Spot(x, y), right, bottom, sprite));
    sensors(x, y, across, down, marks);
    double overhang = Math.max(MARGIN, labels.overhang());
    return new Sheet(x + right + overhang, y + bottom + MARGIN, marks);
  }

  private int most(ToIntFunction<RgbImage> length) {
    return figure.images().stream().flatMap(List::stream).mapToInt(length).max().orElse(1);
  }

  private void sensors(double x, double y, double across, double down, List<Mark> marks) {
    for (int row = 0; row < figure.images().size(); row++) {
      for (int column = 0; column < figure.images().get(row).size(); column++) {
        String tip = joined(name(figure.rows(), row), name(figure.columns(), column));
        marks.add(Area.sensor(x + column * across, y + row * down, across, down, tip));
      }
    }
  }

  private static String name(List<String> names, int place) {
    return place < names.size() ? names.get(place) : "";
  }

  private static String joined(String row, String column) {
    return row.isBlank() || column.isBlank() ? row + column : row + " \u00d7 " + column;
  }
}
