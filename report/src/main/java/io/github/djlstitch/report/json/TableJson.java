// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Measurement;
import io.github.djlstitch.report.Rounded;
import io.github.djlstitch.report.Table;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Tables as JSON, and back. */
final class TableJson {
  private static final int MOST_DIGITS = 15;

  private TableJson() {}

  static JsonObject write(Table table) {
    var json = new JsonObject();
    json.addProperty("id", table.id());
    json.addProperty("title", table.title());
    json.add("columns", texts(table.columns()));
    json.addProperty("labels", table.labels());
    var rows = new JsonArray();
    for (List<Cell> row : table.rows()) {
      var cells = new JsonArray();
      row.forEach(cell -> cells.add(cell(cell)));
      var line = new JsonObject();
      line.add("cells", cells);
      rows.add(line);
    }
    json.add("rows", rows);
    json.add("notes", texts(table.notes()));
    return json;
  }

  /** A result of its own: where it stands, and the numbers. */
  static JsonObject write(Measurement measurement) {
    var json = new JsonObject();
    json.addProperty("table", measurement.table());
    json.add("row", texts(measurement.row()));
    json.addProperty("column", measurement.column());
    addNumbers(json, measurement.cell());
    return json;
  }

  static JsonArray texts(List<String> all) {
    var json = new JsonArray();
    all.forEach(json::add);
    return json;
  }

  private static JsonObject cell(Cell cell) {
    var json = new JsonObject();
    addNumbers(json, cell);
    if (cell.value().isPresent()) {
      json.addProperty("digits", cell.digits());
    }
    return json;
  }

  private static void addNumbers(JsonObject json, Cell cell) {
    if (cell.value().isEmpty()) {
      json.addProperty("text", cell.text());
      return;
    }
    json.addProperty("mean", Rounded.of(cell.value().getAsDouble()));
    cell.std().ifPresent(std -> add(json, "std", std));
    cell.interval().ifPresent(i -> add(json, "low", i.low()));
    cell.interval().ifPresent(i -> add(json, "high", i.high()));
  }

  private static void add(JsonObject json, String name, double value) {
    if (Double.isFinite(value)) {
      json.addProperty(name, Rounded.of(value));
    }
  }

  static Table read(JsonCard card) {
    card.requireOnly("id", "title", "columns", "labels", "rows", "notes");
    List<String> columns = card.texts("columns");
    int labels = card.size("labels");
    if (labels > columns.size()) {
      throw card.refusal("labels", "at most as many as columns");
    }
    List<List<Cell>> rows = card.cards("rows").stream().map(r -> row(r, columns.size())).toList();
    return new Table(
        DocumentJson.id(card), card.text("title"), columns, labels, rows, card.texts("notes"));
  }

  private static List<Cell> row(JsonCard card, int width) {
    card.requireOnly("cells");
    List<Cell> cells = card.cards("cells").stream().map(TableJson::cell).toList();
    if (cells.size() != width) {
      throw card.refusal("cells", "as many cells as columns, " + width);
    }
    return cells;
  }

  private static Cell cell(JsonCard card) {
    if (card.has("text")) {
      card.requireOnly("text");
      return Cell.text(card.text("text"));
    }
    card.requireOnly("mean", "std", "low", "high", "digits");
    int digits = bounded(card, "digits", 0, MOST_DIGITS);
    Optional<Cell.Interval> interval =
        card.has("low") && card.has("high")
            ? Optional.of(new Cell.Interval(card.number("low"), card.number("high")))
            : Optional.empty();
    OptionalDouble mean = OptionalDouble.of(card.number("mean"));
    return new Cell("", mean, optional(card, "std"), interval, digits);
  }

  static OptionalDouble optional(JsonCard card, String field) {
    return card.has(field) ? OptionalDouble.of(card.number(field)) : OptionalDouble.empty();
  }

  /** A whole number within bounds. */
  static int bounded(JsonCard card, String field, int least, int most) {
    long value = card.integer(field);
    if (value < least || value > most) {
      throw card.refusal(field, least + " to " + most);
    }
    return (int) value;
  }
}
