// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.report.Csv;
import io.github.djlstitch.report.Format;
import io.github.djlstitch.report.TextTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a command found out about a few files: facts and named numbers, which print as a table of
 * two columns, as CSV, or as one JSON object of schema 1.
 */
final class FactSheet {
  private static final int SHOWN_DIGITS = 12;

  private final String command;
  private final JsonObject inputs = new JsonObject();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final long start = System.nanoTime();

  FactSheet(String command) {
    this.command = command;
  }

  /** A file that was read, and whose vectors it is about. */
  FactSheet input(String role, Path file, String encoder) {
    JsonObject json = new JsonObject();
    json.addProperty("file", file.toString());
    json.addProperty("encoder", encoder);
    json.addProperty("sha256", Sha256.ofInput(file));
    inputs.add(role, json);
    return this;
  }

  FactSheet fact(String name, String value) {
    facts.put(name, value);
    return this;
  }

  FactSheet number(String name, double value) {
    numbers.put(name, value);
    return this;
  }

  String render(Format format) {
    return switch (format) {
      case TABLE -> table().leftAligned();
      case MARKDOWN -> table().markdown();
      case CSV -> csv();
      case JSON -> json();
    };
  }

  private TextTable table() {
    var table = new TextTable(command, "");
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

  private String csv() {
    var text = new StringBuilder("figure,value\r\n");
    facts.forEach((n, value) -> text.append(n).append(',').append(Csv.field(value) + "\r\n"));
    numbers.forEach((name, value) -> text.append(name).append(',').append(value).append("\r\n"));
    return text.toString();
  }

  private String json() {
    JsonObject root = new JsonObject();
    root.addProperty("schema", 1);
    root.addProperty("command", command);
    root.addProperty("version", Version.text());
    root.add("inputs", inputs);
    JsonObject result = new JsonObject();
    facts.forEach(result::addProperty);
    numbers.forEach((name, value) -> result.addProperty(name, ReportJson.number(value)));
    JsonArray results = new JsonArray();
    results.add(result);
    root.add("results", results);
    JsonObject timings = new JsonObject();
    double seconds = (System.nanoTime() - start) / 1e9;
    timings.addProperty("total", ReportJson.round(seconds, ReportJson.MILLI));
    root.add("timings_s", timings);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root) + "\n";
  }

  private static String text(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
