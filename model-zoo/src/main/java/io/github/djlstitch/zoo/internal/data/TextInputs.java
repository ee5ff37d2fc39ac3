// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.internal.data.InputRow.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts to classify, handed on one by one with their columns, from a file or a stream. */
public final class TextInputs {
  private static final String TEXT = "text";
  private static final String LABEL = "label";
  private static final Pattern DOT = Pattern.compile("\\.");

  private final Path file;
  private final DatasetOptions how;
  private final Consumer<InputRow<String>> rows;
  private List<String> header = List.of();

  /** The forms of such files. */
  public enum Form implements Named {
    /** A text on each line. */
    LINES,
    /** Comma separated, with a header. */
    CSV,
    /** Tab separated, with a header. */
    TSV,
    /** A JSON object on each line. */
    JSONL;

    /** The form that a file's name tells. */
    public static Form of(Path file) {
      String name = file.toString().toLowerCase(Locale.ROOT);
      String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
      if (plain.endsWith(".csv")) {
        return CSV;
      }
      if (plain.endsWith(".tsv")) {
        return TSV;
      }
      return plain.endsWith(".jsonl") || plain.endsWith(".ndjson") ? JSONL : LINES;
    }
  }

  private TextInputs(Path file, DatasetOptions how, Consumer<InputRow<String>> rows) {
    this.file = file;
    this.how = how;
    this.rows = rows;
  }

  /**
   * Hands on the texts of a file.
   *
   * @throws StitchException (bad input) naming file and line
   */
  public static void forEach(
      Path file, Form form, DatasetOptions how, Consumer<InputRow<String>> rows) {
    try (var lines = InputLines.open(file, how.encoding())) {
      new TextInputs(file, how, rows).read(lines, form);
    }
  }

  /** Hands on the texts of a stream, which is not closed; the name is for messages. */
  public static void forEach(
      InputStream stream,
      String name,
      Form form,
      DatasetOptions how,
      Consumer<InputRow<String>> rows) {
    Path file = Path.of(name);
    var lines = InputLines.of(stream, file, how.encoding());
    new TextInputs(file, how, rows).read(lines, form);
  }

  private void read(InputLines lines, Form form) {
    switch (form) {
      case LINES -> {
        for (String line = lines.next(); line != null; line = lines.next()) {
          accept(lines.number(), List.of(new Column(TEXT, line, false)), line, null);
        }
      }
      case JSONL -> {
        for (String line = lines.next(); line != null; line = lines.next()) {
          if (!line.isBlank()) {
            object(lines.number(), line);
          }
        }
      }
      case CSV, TSV -> {
        char separator = how.separator().orElse(form == Form.CSV ? ',' : '\t');
        DelimitedTable.readRecords(lines, separator, 1, this::fields);
      }
    }
  }

  private void fields(long line, List<String> fields) {
    if (header.isEmpty()) {
      header = List.copyOf(fields);
      required(header, name(TEXT));
      if (how.columns().containsKey(LABEL)) {
        required(header, name(LABEL));
      }
      return;
    }
    if (fields.size() != header.size()) {
      throw StitchException.badInput(
          "'%s' line %d: expected %d fields as in the header but found %d; check separators and"
              + " quotes",
          file, line, header.size(), fields.size());
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      columns.add(new Column(header.get(i), fields.get(i), false));
    }
    int label = header.indexOf(name(LABEL));
    accept(
        line,
        columns,
        fields.get(header.indexOf(name(TEXT))),
        label < 0 ? null : fields.get(label));
  }

  private void required(List<String> names, String name) {
    if (!names.contains(name)) {
      throw StitchException.badInput(
          "'%s' has no column '%s'; it has %s; name the column of texts: --columns text=NAME",
          file, name, String.join(", ", names));
    }
  }

  private String name(String key) {
    return how.columns().getOrDefault(key, key);
  }

  private void object(long line, String text) {
    JsonObject object = parsed(line, text);
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      boolean json = !isText(entry.getValue());
      String value = json ? entry.getValue().toString() : entry.getValue().getAsString();
      columns.add(new Column(entry.getKey(), value, json));
    }
    JsonElement found = below(object, name(TEXT));
    if (found == null || !isText(found)) {
      throw StitchException.badInput(
          "'%s' line %d: '%s' is no text; it has %s; name the key of texts: --columns text=NAME",
          file, line, name(TEXT), String.join(", ", object.keySet()));
    }
    JsonElement label = below(object, name(LABEL));
    String named = label != null && label.isJsonPrimitive() ? label.getAsString() : null;
    accept(line, columns, found.getAsString(), named);
  }

  private JsonObject parsed(long line, String text) {
    try (var json = new JsonReader(new StringReader(text))) {
      json.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(json);
      if (element instanceof JsonObject object && json.peek().name().equals("END_DOCUMENT")) {
        return object;
      }
    } catch (JsonParseException | IOException e) {
      throw StitchException.badInput(
              "'%s' line %d is not one strict JSON object; check quotes and commas", file, line)
          .because(e);
    }
    throw StitchException.badInput(
        "'%s' line %d is not one strict JSON object; write one on each line", file, line);
  }

  private static boolean isText(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }

  // A key with dots in it comes before a path.
  private static @Nullable JsonElement below(JsonObject object, String path) {
    JsonElement found = object.get(path);
    if (found != null) {
      return found;
    }
    found = object;
    for (String key : DOT.split(path, -1)) {
      found = found instanceof JsonObject inner ? inner.get(key) : null;
    }
    return found;
  }

  private void accept(long line, List<Column> columns, String text, @Nullable String label) {
    if (text.isBlank() && !how.skipBad()) {
      throw StitchException.badInput(
          "'%s' line %d: the text is empty; fill it, or give --skip-bad to pass over it",
          file, line);
    }
    String at = "'" + file + "' line " + line;
    rows.accept(new InputRow<>(at, columns, text.isBlank() ? null : text, label));
  }
}
