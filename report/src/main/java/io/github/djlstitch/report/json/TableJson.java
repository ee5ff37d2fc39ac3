// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.JsonFields;
import io.github.djlstitch.report.Measurement;
import io.github.djlstitch.report.Table;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes tables as JSON, and reads them back. */
final class TableJson {
  private static final int MOST_DIGITS = 15;

  private TableJson() {}

  static JsonFields write(Table table) {
    return new JsonFields()
        .with("id", table.id())
        .with("title", table.title())
        .texts("columns", table.columns())
        .with("labels", table.labels())
        .with("rows", table.rows().stream().map(TableJson::row).toList())
        .texts("notes", table.notes());
  }

  private static JsonFields row(List<Cell> row) {
    return new JsonFields().with("cells", row.stream().map(TableJson::cell).toList());
  }

  private static JsonFields cell(Cell cell) {
    JsonFields json = numbers(new JsonFields(), cell);
    return cell.value().isPresent() ? json.with("digits", cell.digits()) : json;
  }

  /** A result of its own: where it stands, and the numbers. */
  static JsonFields write(Measurement measurement) {
    JsonFields json =
        new JsonFields()
            .with("table", measurement.table())
            .texts("row", measurement.row())
            .with("column", measurement.column());
    return numbers(json, measurement.cell());
  }

  private static JsonFields numbers(JsonFields json, Cell cell) {
    if (cell.value().isEmpty()) {
      return json.with("text", cell.text());
    }
    json.precise("mean", cell.value()).precise("std", cell.std());
    cell.interval().ifPresent(i -> json.precise("low", i.low()).precise("high", i.high()));
    return json;
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
