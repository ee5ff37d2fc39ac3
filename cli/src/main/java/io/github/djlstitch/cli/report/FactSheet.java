// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Field;
import io.github.djlstitch.report.JsonFields;
import io.github.djlstitch.report.Records;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.TextTable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Collects what a command found out about a few files: facts and named numbers, a row each. Not
 * thread-safe.
 */
public final class FactSheet {
  private static final int SHOWN_DIGITS = 12;

  private final String command;
  private final JsonFields inputs = new JsonFields();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final long start = System.nanoTime();

  /** Begins a sheet of this command, and its time. */
  public FactSheet(String command) {
    this.command = command;
  }

  /** Adds a file that was read, and the encoder whose vectors it is about. */
  public FactSheet input(String role, Path file, String encoder) {
    inputs.with(
        role,
        new JsonFields()
            .with("file", file.toString())
            .with("encoder", encoder)
            .with("sha256", Sha256.ofInput(file)));
    return this;
  }

  /** Adds a fact in words. */
  public FactSheet fact(String name, String value) {
    facts.put(name, value);
    return this;
  }

  /** Adds a number, after all facts. */
  public FactSheet number(String name, double value) {
    numbers.put(name, value);
    return this;
  }

  /** Adds a count, likewise. */
  public FactSheet count(String name, long value) {
    return number(name, (double) value);
  }

  /** The report, with the time since the sheet was begun. */
  public Report report() {
    return new Report(Blocks.of(table()), records(), json());
  }

  private TextTable table() {
    var table = new TextTable(command, "").leftAligned();
    facts.forEach((name, value) -> table.row(spaced(name), shortened(name, value)));
    numbers.forEach((name, value) -> table.row(spaced(name), text(value)));
    return table;
  }

  private static String shortened(String name, String value) {
    return name.endsWith("sha256") ? value.substring(0, SHOWN_DIGITS) : value;
  }

  private static String spaced(String name) {
    return name.replace('_', ' ');
  }

  private Records records() {
    List<List<Field>> rows = new ArrayList<>();
    facts.forEach((name, value) -> rows.add(List.of(Field.word(name), Field.word(value))));
    numbers.forEach((name, value) -> rows.add(List.of(Field.word(name), Field.exact(value))));
    return new Records(List.of("figure", "value"), rows);
  }

  private JsonFields json() {
    var result = new JsonFields();
    facts.forEach(result::with);
    numbers.forEach(result::measured);
    double seconds = (System.nanoTime() - start) / 1e9;
    return JsonFields.report(command, Version.text())
        .with("inputs", inputs)
        .with("results", List.of(result))
        .with("timings_s", new JsonFields().milli("total", seconds));
  }

  private static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "-" : "inf";
    }
    return value == Math.rint(value)
        ? new BigDecimal(value).toBigInteger().toString()
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
