// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Blocks.Block;
import io.github.djlstitch.report.Field;
import io.github.djlstitch.report.JsonFields;
import io.github.djlstitch.report.Records;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Things of one kind that a command lists, a row each. Not thread-safe. */
public final class Listing {
  private final String command;
  private final List<String> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** A list of this command, in columns of these names. */
  public Listing(String command, String... columns) {
    this.command = command;
    this.columns = List.of(columns);
  }

  /**
   * A value in the form that each reader wants.
   *
   * @param shown for people
   * @param number for programs; none for a word, which is the same for all
   */
  public record Cell(String shown, OptionalLong number) {
    private static final long UNIT = 1000;
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    /** A word. */
    public static Cell word(String word) {
      return new Cell(word, OptionalLong.empty());
    }

    /** A whole number. */
    public static Cell count(long number) {
      return new Cell(Long.toString(number), OptionalLong.of(number));
    }

    /** A number of bytes. */
    public static Cell bytes(long number) {
      return new Cell(size(number), OptionalLong.of(number));
    }

    Field field() {
      return number.isPresent() ? Field.count(number.getAsLong()) : Field.word(shown);
    }

    void into(JsonFields object, String name) {
      if (number.isPresent()) {
        object.with(name, number.getAsLong());
      } else {
        object.with(name, shown);
      }
    }

    /** Bytes in the unit that is read most easily: 999 B, 1.5 kB, 23 MB. */
    public static String size(long bytes) {
      if (bytes < UNIT) {
        return bytes + " B";
      }
      double size = bytes;
      int unit = -1;
      while (size >= UNIT && unit < UNITS.length - 1) {
        size /= UNIT;
        unit++;
      }
      return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }
  }

  /** Adds a row of words. */
  public Listing row(String... words) {
    return row(Arrays.stream(words).map(Cell::word).toArray(Cell[]::new));
  }

  /** Adds a row of as many values as there are columns. */
  public Listing row(Cell... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The report: a table for people with these blocks below, an object or a line a row. */
  public Report report(Block... below) {
    List<Block> blocks = new ArrayList<>(List.of(table()));
    blocks.addAll(List.of(below));
    return new Report(new Blocks(blocks), records(), json());
  }

  private TextTable table() {
    var table = new TextTable(columns.stream().map(name -> name.replace('_', ' ')).toList());
    rows.forEach(row -> table.row(row.stream().map(Cell::shown).toList()));
    return table.leftAligned();
  }

  private Records records() {
    return new Records(
        columns, rows.stream().map(row -> row.stream().map(Cell::field).toList()).toList());
  }

  private JsonFields json() {
    return JsonFields.report(command, Version.text())
        .with("results", rows.stream().map(this::json).toList());
  }

  private JsonFields json(List<Cell> row) {
    var object = new JsonFields();
    for (int i = 0; i < columns.size(); i++) {
      row.get(i).into(object, columns.get(i));
    }
    return object;
  }
}
