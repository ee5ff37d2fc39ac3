// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Tables of a document as records. A cell that was not measured is an empty field. */
public final class DocumentRecords {
  private DocumentRecords() {}

  /** A part of a cell: a column of its own where a table has it. */
  private enum Part {
    MEAN(""),
    STD("std"),
    LOW("low"),
    HIGH("high");

    private final String heading;

    Part(String heading) {
      this.heading = heading;
    }

    OptionalDouble of(Cell cell) {
      return switch (this) {
        case MEAN -> cell.value();
        case STD -> cell.std();
        case LOW -> cell.interval().stream().mapToDouble(Cell.Interval::low).findFirst();
        case HIGH -> cell.interval().stream().mapToDouble(Cell.Interval::high).findFirst();
      };
    }
  }

  /** A column of a table, or a part of it. */
  private record Column(int index, Part part) {
    String heading(Table table) {
      return (table.columns().get(index) + " " + part.heading).strip();
    }

    Field field(List<Cell> row) {
      Cell cell = row.get(index);
      boolean word = part == Part.MEAN && cell.value().isEmpty() && !cell.isAbsent();
      return word ? Field.word(cell.text()) : Field.precise(part.of(cell));
    }
  }

  /**
   * A table as it is; a column of numbers is followed by their standard deviations and 95 %
   * intervals where it has them.
   */
  public static Records of(Table table) {
    List<Column> columns =
        IntStream.range(0, table.columns().size())
            .boxed()
            .flatMap(index -> columns(table, index).stream())
            .toList();
    return new Records(
        columns.stream().map(column -> column.heading(table)).toList(),
        table.rows().stream()
            .map(row -> columns.stream().map(column -> column.field(row)).toList())
            .toList());
  }

  private static List<Column> columns(Table table, int index) {
    List<Column> columns = new ArrayList<>();
    for (Part part : Part.values()) {
      boolean there = table.rows().stream().anyMatch(row -> part.of(row.get(index)).isPresent());
      if (part == Part.MEAN || there) {
        columns.add(new Column(index, part));
      }
    }
    return columns;
  }

  /** All numbers of all tables, a row each. */
  public static Records of(Document document) {
    List<List<Field>> rows =
        document.sections().stream()
            .flatMap(section -> section.tables().stream())
            .flatMap(table -> Measurement.of(table).stream())
            .map(DocumentRecords::row)
            .toList();
    return new Records(
        List.of("table", "row", "column", "mean", "std", "low", "high", "text"), rows);
  }

  private static List<Field> row(Measurement m) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.word(m.table()));
    fields.add(Field.word(String.join(" / ", m.row())));
    fields.add(Field.word(m.column()));
    for (Part part : Part.values()) {
      fields.add(Field.precise(part.of(m.cell())));
    }
    fields.add(Field.word(m.cell().text()));
    return fields;
  }
}
