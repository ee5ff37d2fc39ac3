// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Tables as RFC 4180 CSV. What was not measured is an empty field. */
public final class Csv {
  private static final List<String> PARTS = List.of("", "std", "low", "high");

  private Csv() {}

  /** A text as a field. */
  public static String field(String value) {
    // A leading =, +, - or @ would be run as a formula by a spreadsheet.
    String safe = value.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + value : value;
    boolean quoted = safe.matches("(?s).*[\",\\r\\n].*");
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /**
   * A table as it is, a line a row; a column of numbers is followed by their standard deviations
   * and 95 % intervals where it has them.
   */
  public static String of(Table table) {
    List<List<String>> columns = new ArrayList<>();
    for (int column = 0; column < table.columns().size(); column++) {
      columns.addAll(columns(table, column));
    }
    var text = new StringBuilder();
    for (int line = 0; line <= table.rows().size(); line++) {
      int at = line;
      text.append(columns.stream().map(c -> c.get(at)).collect(Collectors.joining(",")));
      text.append("\r\n");
    }
    return text.toString();
  }

  /** All numbers of all tables, a line each. */
  public static String of(Document document) {
    var text = new StringBuilder("table,row,column,mean,std,low,high,text\r\n");
    for (Section section : document.sections()) {
      for (Table table : section.tables()) {
        Measurement.of(table).forEach(m -> text.append(line(m)).append("\r\n"));
      }
    }
    return text.toString();
  }

  private static String line(Measurement m) {
    String numbers =
        PARTS.stream().map(part -> number(part(m.cell(), part))).collect(Collectors.joining(","));
    return String.join(
        ",",
        m.table(),
        field(String.join(" / ", m.row())),
        field(m.column()),
        numbers,
        field(m.cell().text()));
  }

  private static List<List<String>> columns(Table table, int column) {
    List<Cell> cells = table.rows().stream().map(row -> row.get(column)).toList();
    List<List<String>> columns = new ArrayList<>();
    for (String part : PARTS) {
      if (part.isEmpty() || cells.stream().anyMatch(c -> part(c, part).isPresent())) {
        List<String> lines = new ArrayList<>();
        lines.add(field((table.columns().get(column) + " " + part).strip()));
        cells.forEach(c -> lines.add(words(c, part)));
        columns.add(lines);
      }
    }
    return columns;
  }

  private static String words(Cell cell, String part) {
    boolean word = part.isEmpty() && cell.value().isEmpty() && !cell.isAbsent();
    return word ? field(cell.text()) : number(part(cell, part));
  }

  private static OptionalDouble part(Cell cell, String part) {
    return switch (part) {
      case "std" -> cell.std();
      case "low" -> end(cell, true);
      case "high" -> end(cell, false);
      default -> cell.value();
    };
  }

  private static OptionalDouble end(Cell cell, boolean low) {
    return cell.interval().stream().mapToDouble(i -> low ? i.low() : i.high()).findFirst();
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? Rounded.of(value.getAsDouble()).toString()
        : "";
  }
}
