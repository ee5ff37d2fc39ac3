// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
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
    try (Lines lines = Lines.open(file, false)) {
      while (lines.next()) {
        String line = lines.text(lines.from(), lines.to());
        if (json) {
          object(line, lines.where(), text);
        } else if (!line.isBlank()) {
          tabbed(line, lines.where(), text);
        }
      }
    }
  }

  private static void tabbed(String line, String where, BiConsumer<String, String> text) {
    int tab = line.indexOf('\t');
    if (tab < 1 || tab == line.length() - 1) {
      throw StitchException.badInput(
          "%s: expected an id, a tab and a text; or name the file .jsonl", where);
    }
    text.accept(line.substring(0, tab), line.substring(tab + 1));
  }

  private void object(String line, String where, BiConsumer<String, String> text) {
    JsonObject object = JsonCard.parse(file, line).json();
    String id = field(object, object.has("_id") ? "_id" : "id");
    String body = field(object, "text");
    if (id.isEmpty() || body.isEmpty()) {
      throw StitchException.badInput(
          "%s: expected the fields _id and text but found %s", where, object.keySet());
    }
    String title = field(object, "title");
    text.accept(id, title.isEmpty() ? body : title + " " + body);
  }

  private static String field(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }
}
