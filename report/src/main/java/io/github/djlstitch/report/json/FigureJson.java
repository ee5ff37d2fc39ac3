// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Rounded;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Figures as JSON. Places that are not finite numbers are left out. */
final class FigureJson {
  private final JsonObject json = new JsonObject();

  private FigureJson() {}

  static JsonObject write(Figure figure) {
    return new FigureJson().figure(figure);
  }

  private JsonObject figure(Figure figure) {
    json.addProperty("kind", kind(figure));
    json.addProperty("id", figure.id());
    json.addProperty("title", figure.title());
    json.addProperty("caption", figure.caption());
    if (figure instanceof Figure.Scatter scatter) {
      json.addProperty("columns", scatter.columns());
      json.add("panels", list(scatter.panels(), FigureJson::panel));
    } else if (figure instanceof Figure.Lines lines) {
      json.addProperty("x", lines.x());
      json.addProperty("y", lines.y());
      json.addProperty("logarithmic", lines.logarithmic());
      json.add("curves", list(lines.curves(), FigureJson::curve));
    } else if (figure instanceof Figure.HeatMap map) {
      json.addProperty("row_title", map.rowTitle());
      json.addProperty("column_title", map.columnTitle());
      json.add("rows", TableJson.texts(map.rows()));
      json.add("columns", TableJson.texts(map.columns()));
      json.addProperty("digits", map.digits());
      json.add("cells", cells(map));
    } else if (figure instanceof Figure.Pictures pictures) {
      json.add("rows", TableJson.texts(pictures.rows()));
      json.add("columns", TableJson.texts(pictures.columns()));
      json.add("images", list(pictures.images(), FigureJson::images));
    }
    return json;
  }

  private static String kind(Figure figure) {
    return figure instanceof Figure.Scatter
        ? "scatter"
        : figure instanceof Figure.Lines
            ? "lines"
            : figure instanceof Figure.HeatMap ? "heat-map" : "pictures";
  }

  private static JsonObject panel(Figure.Panel panel) {
    var json = new JsonObject();
    json.addProperty("title", panel.title());
    json.addProperty("x", panel.x());
    json.addProperty("y", panel.y());
    json.add("groups", list(panel.groups(), FigureJson::group));
    return json;
  }

  private static JsonObject group(Figure.Group group) {
    var x = new JsonArray();
    var y = new JsonArray();
    var labels = new JsonArray();
    for (Figure.Point point : group.points()) {
      if (Double.isFinite(point.x()) && Double.isFinite(point.y())) {
        x.add(Rounded.of(point.x()));
        y.add(Rounded.of(point.y()));
        labels.add(point.label());
      }
    }
    var json = new JsonObject();
    json.addProperty("name", group.name());
    json.add("x", x);
    json.add("y", y);
    json.add("labels", labels);
    return json;
  }

  private static JsonObject curve(Figure.Curve curve) {
    var marks = new JsonArray();
    for (Figure.Mark mark : curve.marks()) {
      if (Double.isFinite(mark.x()) && Double.isFinite(mark.y())) {
        var json = new JsonObject();
        json.addProperty("x", Rounded.of(mark.x()));
        json.addProperty("y", Rounded.of(mark.y()));
        addFinite(json, "std", mark.std());
        marks.add(json);
      }
    }
    var json = new JsonObject();
    json.addProperty("name", curve.name());
    json.add("marks", marks);
    return json;
  }

  private static void addFinite(JsonObject json, String name, OptionalDouble value) {
    if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
      json.addProperty(name, Rounded.of(value.getAsDouble()));
    }
  }

  private static JsonArray cells(Figure.HeatMap map) {
    var cells = new JsonArray();
    for (int row = 0; row < map.values().size(); row++) {
      for (int column = 0; column < map.values().get(row).size(); column++) {
        var json = new JsonObject();
        json.addProperty("row", row);
        json.addProperty("column", column);
        addFinite(json, "value", map.values().get(row).get(column));
        if (json.has("value")) {
          cells.add(json);
        }
      }
    }
    return cells;
  }

  private static JsonObject images(List<RgbImage> row) {
    var json = new JsonObject();
    json.add(
        "cells",
        list(
            row,
            image -> {
              var cell = new JsonObject();
              cell.addProperty("width", image.width());
              cell.addProperty("height", image.height());
              cell.addProperty("rgb", Base64.getEncoder().encodeToString(image.pixels()));
              return cell;
            }));
    return json;
  }

  private static <T> JsonArray list(List<T> all, Function<T, JsonObject> write) {
    var array = new JsonArray();
    all.forEach(one -> array.add(write.apply(one)));
    return array;
  }
}
