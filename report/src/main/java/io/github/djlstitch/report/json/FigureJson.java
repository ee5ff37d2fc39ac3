// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.JsonFields;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes figures as JSON. Places that are not finite numbers are left out. */
final class FigureJson {
  private FigureJson() {}

  static JsonFields write(Figure figure) {
    JsonFields json =
        new JsonFields()
            .with("kind", kind(figure))
            .with("id", figure.id())
            .with("title", figure.title())
            .with("caption", figure.caption());
    if (figure instanceof Figure.Scatter scatter) {
      return json.with("columns", scatter.columns())
          .with("panels", scatter.panels().stream().map(FigureJson::panel).toList());
    }
    if (figure instanceof Figure.Lines lines) {
      return json.with("x", lines.x())
          .with("y", lines.y())
          .with("logarithmic", lines.logarithmic())
          .with("curves", lines.curves().stream().map(FigureJson::curve).toList());
    }
    if (figure instanceof Figure.HeatMap map) {
      return heatMap(json, map);
    }
    var pictures = (Figure.Pictures) figure;
    return json.texts("rows", pictures.rows())
        .texts("columns", pictures.columns())
        .with("images", pictures.images().stream().map(FigureJson::images).toList());
  }

  private static JsonFields heatMap(JsonFields json, Figure.HeatMap map) {
    json.with("row_title", map.rowTitle())
        .with("column_title", map.columnTitle())
        .texts("rows", map.rows())
        .texts("columns", map.columns())
        .with("digits", map.digits())
        .with("measure", map.measure());
    return (map.logarithmic() ? json.with("logarithmic", true) : json).with("cells", cells(map));
  }

  private static String kind(Figure figure) {
    return figure instanceof Figure.Scatter
        ? "scatter"
        : figure instanceof Figure.Lines
            ? "lines"
            : figure instanceof Figure.HeatMap ? "heat-map" : "pictures";
  }

  private static JsonFields panel(Figure.Panel panel) {
    return new JsonFields()
        .with("title", panel.title())
        .with("x", panel.x())
        .with("y", panel.y())
        .with("groups", panel.groups().stream().map(FigureJson::group).toList());
  }

  private static JsonFields group(Figure.Group group) {
    List<Figure.Point> points =
        group.points().stream()
            .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
            .toList();
    return new JsonFields()
        .with("name", group.name())
        .precise("x", points.stream().map(Figure.Point::x).toList())
        .precise("y", points.stream().map(Figure.Point::y).toList())
        .texts("labels", points.stream().map(Figure.Point::label).toList());
  }

  private static JsonFields curve(Figure.Curve curve) {
    List<JsonFields> marks =
        curve.marks().stream()
            .filter(mark -> Double.isFinite(mark.x()) && Double.isFinite(mark.y()))
            .map(FigureJson::mark)
            .toList();
    JsonFields json = new JsonFields().with("name", curve.name()).with("marks", marks);
    return curve.reference() ? json.with("reference", true) : json;
  }

  private static JsonFields mark(Figure.Mark mark) {
    return new JsonFields()
        .precise("x", mark.x())
        .precise("y", mark.y())
        .precise("std", mark.std());
  }

  private static List<JsonFields> cells(Figure.HeatMap map) {
    List<JsonFields> cells = new ArrayList<>();
    for (int row = 0; row < map.values().size(); row++) {
      for (int column = 0; column < map.values().get(row).size(); column++) {
        JsonFields cell =
            new JsonFields()
                .with("row", row)
                .with("column", column)
                .precise("value", map.values().get(row).get(column));
        if (cell.has("value")) {
          cells.add(cell);
        }
      }
    }
    return cells;
  }

  private static JsonFields images(List<RgbImage> row) {
    return new JsonFields().with("cells", row.stream().map(FigureJson::image).toList());
  }

  private static JsonFields image(RgbImage image) {
    return new JsonFields()
        .with("width", image.width())
        .with("height", image.height())
        .with("rgb", Base64.getEncoder().encodeToString(image.pixels()));
  }
}
