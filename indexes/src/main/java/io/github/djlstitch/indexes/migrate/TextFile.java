// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import io.github.djlstitch.core.internal.file.JsonCard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Texts with ids, a line each: {@code id TAB text}, or where the name ends in {@code .jsonl},
 * objects with {@code _id} or {@code id}, {@code text} and perhaps a {@code title}, as the BEIR
 * collections have them. UTF-8. Read as a stream: memory grows with what is asked for only.
 *
 * @param file that holds them
 */
public record TextFile(Path file) {
  private static final int LONGEST_LINE = 16 << 20; // characters
  private static final int MOST_QUERIES = 1_000_000;

  /** All texts by id, in their order; for queries. */
  public Map<String, String> all() {
    Map<String, String> texts = new LinkedHashMap<>();
    each(
        (id, text) -> {
          if (texts.put(id, text) != null) {
            throw StitchException.badInput("'%s' has the id '%s' twice", file, id);
          }
          if (texts.size() > MOST_QUERIES) {
            throw StitchException.badInput(
                "'%s' has more than %d queries; give a part of them", file, MOST_QUERIES);
          }
        });
    if (texts.isEmpty()) {
      throw StitchException.badInput("'%s' is empty; expected a text on each line", file);
    }
    return texts;
  }

  /**
   * The texts of some ids, in that order.
   *
   * @throws StitchException (bad input) if one is missing
   */
  public List<String> of(List<String> ids) {
    Set<String> wanted = Set.copyOf(ids);
    Map<String, String> found = new HashMap<>();
    each(
        (id, text) -> {
          if (wanted.contains(id)) {
            found.put(id, text);
          }
        });
    List<String> texts = new ArrayList<>();
    for (String id : ids) {
      String text = found.get(id);
      if (text == null) {
        throw StitchException.badInput(
            "'%s' has no text with the id '%s', which the index has (%d of %d are there)",
            file, id, found.size(), wanted.size());
      }
      texts.add(text);
    }
    return texts;
  }

  private void each(BiConsumer<String, String> text) {
    boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
    try (BufferedReader lines = open(file)) {
      int number = 0;
      for (String line = line(lines); line != null; line = line(lines)) {
        number++;
        if (!line.isBlank()) {
          if (json) {
            object(line, number, text);
          } else {
            tabbed(line, number, text);
          }
        }
      }
    } catch (CharacterCodingException e) {
      throw StitchException.badInput("'%s' is not UTF-8; save it as UTF-8", file).because(e);
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
  }

  static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            ForeignFormat.openText(file, "a text a line"), StandardCharsets.UTF_8.newDecoder()));
  }

  /** The next line; null at the end. */
  static @org.jspecify.annotations.Nullable String line(Reader in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a line is longer than " + LONGEST_LINE + " characters");
      }
      line.append((char) next);
      next = in.read();
    }
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') {
      line.setLength(end - 1);
    }
    return line.toString();
  }

  private void tabbed(String line, int number, BiConsumer<String, String> text) {
    int tab = line.indexOf('\t');
    if (tab < 1 || tab == line.length() - 1) {
      throw StitchException.badInput(
          "'%s' line %d: expected an id, a tab and a text; or name the file .jsonl", file, number);
    }
    text.accept(line.substring(0, tab), line.substring(tab + 1));
  }

  private void object(String line, int number, BiConsumer<String, String> text) {
    JsonObject object = JsonCard.parse(file, line).json();
    String id = field(object, object.has("_id") ? "_id" : "id");
    String body = field(object, "text");
    if (id.isEmpty() || body.isEmpty()) {
      throw StitchException.badInput(
          "'%s' line %d: expected the fields _id and text but found %s",
          file, number, object.keySet());
    }
    String title = field(object, "title");
    text.accept(id, title.isEmpty() ? body : title + " " + body);
  }

  private static String field(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }
}
