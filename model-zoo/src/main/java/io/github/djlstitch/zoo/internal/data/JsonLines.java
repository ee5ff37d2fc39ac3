// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of strict JSON objects, one a line. Text and split are strings; label and id are strings
 * or numbers. A column may be a path of keys, such as {@code review.body}. Other keys may hold
 * anything. Blank lines are skipped.
 */
final class JsonLines {
  private static final Pattern COLUMN = Pattern.compile(" column [0-9]+");

  private final Path file;
  private final ColumnNames names;
  private final BadRows bad;
  private final Consumer<Row<String>> rows;
  private List<Boolean> optional = List.of();
  private long records;

  private JsonLines(Path file, ColumnNames names, BadRows bad, Consumer<Row<String>> rows) {
    this.file = file;
    this.names = names;
    this.bad = bad;
    this.rows = rows;
  }

  /** The rows of a file. */
  static LabelledRows<String> read(Path file, TableStyle style, BadRows bad) {
    var rows = new LabelledRows<String>(bad);
    new JsonLines(file, style.names(), bad, rows::add).read(style.encoding());
    bad.requireSome(file, rows.size());
    return rows;
  }

  /** Hands on the rows of a file one by one. */
  static void forEach(Path file, ColumnNames names, Consumer<Row<String>> rows) {
    new JsonLines(file, names, BadRows.refused(), rows).read(UTF_8);
  }

  private void read(Charset encoding) {
    try (var lines = InputLines.open(file, encoding)) {
      lines.forEach(
          bad,
          line -> {
            if (!line.isBlank()) {
              accept(Place.line(file, lines.number(), ++records), line);
            }
          });
    }
    if (records == 0) {
      throw StitchException.badInput(
          "file '%s' is empty; expected a JSON object with the keys '%s' and '%s' on each line",
          file, names.text(), names.label());
    }
  }

  private void accept(Place at, String line) {
    Map<String, String> values = values(at, line);
    checkAlike(at, values);
    rows.accept(names.row(at, values, null));
  }

  private Map<String, String> values(Place at, String line) {
    try (var json = new JsonReader(new StringReader(line))) {
      json.setStrictness(Strictness.STRICT);
      expectObject(at, json);
      Map<String, String> values = object(at, json);
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw StitchException.badInput("%s: expected one object on a line but found more", at);
      }
      return values;
    } catch (MalformedJsonException | EOFException e) {
      throw StitchException.badInput(
              "%s: expected one strict JSON object but it is malformed%s; check quotes and commas",
              at, column(e))
          .because(e);
    } catch (IOException e) {
      throw InputLines.unreadable(file, e);
    }
  }

  private Map<String, String> object(Place at, JsonReader json) throws IOException {
    Map<String, String> values = new HashMap<>();
    List<String> keys = new ArrayList<>();
    object(at, "", json, values, keys);
    names.check(at.toString(), keys);
    return values;
  }

  private void object(
      Place at, String path, JsonReader json, Map<String, String> values, List<String> keys)
      throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String key = path + json.nextName();
      keys.add(key);
      if (names.wants(key)) {
        values.put(key, value(at, key, json));
      } else if (names.wantsBelow(key) && json.peek() == JsonToken.BEGIN_OBJECT) {
        object(at, key + ".", json, values, keys);
      } else {
        json.skipValue();
      }
    }
    json.endObject();
  }

  private String value(Place at, String key, JsonReader json) throws IOException {
    JsonToken token = json.peek();
    boolean mayBeNumber = key.equals(names.label()) || key.equals(names.id());
    if (token != JsonToken.STRING && !(mayBeNumber && token == JsonToken.NUMBER)) {
      throw StitchException.badInput(
          "%s: '%s' must be a %s but is %s",
          at, key, mayBeNumber ? "string or a number" : "string", token);
    }
    String value = json.nextString();
    if (value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw StitchException.badInput(
          "%s: '%s' has half of a surrogate pair, which is not a character: %s",
          at, key, Excerpt.of(value));
    }
    return value;
  }

  private static void expectObject(Place at, JsonReader json) throws IOException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      throw StitchException.badInput("%s: expected an object but found %s", at, json.peek());
    }
  }

  /** Refuses a split or an id that only some rows have. */
  private void checkAlike(Place at, Map<String, String> values) {
    List<Boolean> here = List.of(values.containsKey(names.split()), values.containsKey(names.id()));
    if (optional.isEmpty()) {
      optional = here;
    }
    for (int i = 0; i < here.size(); i++) {
      if (!here.get(i).equals(optional.get(i))) {
        throw StitchException.badInput(
            "%s: '%s' is %s; give it in every row or in none",
            at,
            i == 0 ? names.split() : names.id(),
            here.get(i) ? "here but not in row 1" : "in row 1 but not here");
      }
    }
  }

  /** Gson's advice is for programmers, but it knows the column. */
  private static String column(IOException failure) {
    Matcher column = COLUMN.matcher(String.valueOf(failure.getMessage()));
    return column.find() ? " near" + column.group() : "";
  }
}
