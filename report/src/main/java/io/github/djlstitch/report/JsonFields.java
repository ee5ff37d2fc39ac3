// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.internal.file.Printable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A JSON object of a report: fields in the order they are given, numbers rounded alike everywhere,
 * and nothing where a number is not finite, which JSON cannot say. Not thread-safe.
 */
public final class JsonFields {
  /** The schema of everything this program writes but the results of the root command. */
  public static final int SCHEMA = 1;

  /**
   * The schema of the root command's results. Those of schema 1 compared with heads that read their
   * own encoder through the method's bridge; since 2 it is the head on its own, untouched.
   */
  public static final int GRID_SCHEMA = 2;

  /** The name of the root command. */
  public static final String GRID = "stitch";

  private final JsonObject json = new JsonObject();

  /** A report of a command, which starts as each does. */
  public static JsonFields report(String command, String version) {
    return command(command).with("version", version);
  }

  /** A report of a command that has something before its version. */
  public static JsonFields command(String command) {
    return new JsonFields().with("schema", SCHEMA).with("command", command);
  }

  /** The results of the root command. */
  public static JsonFields grid(String version) {
    return new JsonFields()
        .with("schema", GRID_SCHEMA)
        .with("command", GRID)
        .with("version", version);
  }

  /** A text. */
  public JsonFields with(String name, String text) {
    json.addProperty(name, text);
    return this;
  }

  /** A whole number. */
  public JsonFields with(String name, long number) {
    json.addProperty(name, number);
    return this;
  }

  /** True or false. */
  public JsonFields with(String name, boolean flag) {
    json.addProperty(name, flag);
    return this;
  }

  /** An object. */
  public JsonFields with(String name, JsonFields object) {
    json.add(name, object.json);
    return this;
  }

  /** An array of objects. */
  public JsonFields with(String name, List<JsonFields> objects) {
    var array = new JsonArray();
    objects.forEach(object -> array.add(object.json));
    json.add(name, array);
    return this;
  }

  /** An array of texts. */
  public JsonFields texts(String name, List<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    json.add(name, array);
    return this;
  }

  /** An array of whole numbers. */
  public JsonFields counts(String name, List<Long> numbers) {
    var array = new JsonArray();
    numbers.forEach(array::add);
    json.add(name, array);
    return this;
  }

  /** An array of finite numbers of nine digits. */
  public JsonFields precise(String name, List<Double> numbers) {
    var array = new JsonArray();
    numbers.forEach(number -> array.add(Rounded.of(number)));
    json.add(name, array);
    return this;
  }

  /** A number with all its digits. */
  public JsonFields exact(String name, double number) {
    return number(name, number, number);
  }

  /** A number with six digits after the point. */
  public JsonFields fraction(String name, double number) {
    return number(name, number, Rounded.fraction(number));
  }

  /** A number with three digits after the point: seconds or milliseconds. */
  public JsonFields milli(String name, double number) {
    return number(name, number, Rounded.milli(number));
  }

  /** A number with six digits after the point, without a fraction if it is whole. */
  public JsonFields measured(String name, double number) {
    return number(name, number, Rounded.measured(number));
  }

  /** As {@link #measured(String, double)}, if there is one. */
  public JsonFields measured(String name, OptionalDouble number) {
    return number.isPresent() ? measured(name, number.getAsDouble()) : this;
  }

  /** A number of nine digits, without a fraction if it is whole. */
  public JsonFields precise(String name, double number) {
    return Double.isFinite(number) ? number(name, number, Rounded.of(number)) : this;
  }

  /** As {@link #precise(String, double)}, if there is one. */
  public JsonFields precise(String name, OptionalDouble number) {
    return number.isPresent() ? precise(name, number.getAsDouble()) : this;
  }

  private JsonFields number(String name, double number, Number rounded) {
    if (Double.isFinite(number)) {
      json.addProperty(name, rounded);
    }
    return this;
  }

  /** Tells if there are no fields. */
  public boolean isEmpty() {
    return json.isEmpty();
  }

  /** Tells if there is a field of this name. */
  public boolean has(String name) {
    return json.has(name);
  }

  /** The text of a file: indented by two, with a line feed at its end. */
  public String text() {
    var gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    return escaped(gson.toJson(json)) + "\n";
  }

  // Outside of strings there are only visible characters and line feeds. Gson leaves some controls.
  private static String escaped(String json) {
    if (json.chars().noneMatch(JsonFields::isEscaped)) {
      return json;
    }
    var text = new StringBuilder();
    json.chars()
        .forEach(
            unit -> {
              if (isEscaped(unit)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", unit));
              } else {
                text.append((char) unit);
              }
            });
    return text.toString();
  }

  // By UTF-16 unit: surrogates stay in pairs, which a program can tell from halves.
  private static boolean isEscaped(int unit) {
    return unit != '\n' && !Character.isSurrogate((char) unit) && Printable.isHidden(unit);
  }
}
