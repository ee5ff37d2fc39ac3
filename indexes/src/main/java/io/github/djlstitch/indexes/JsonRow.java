// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A JSON object in a line, taken apart: the vector's place is found and its numbers are read from
 * the bytes; everything else is small and goes through a strict parser.
 */
final class JsonRow {
  private static final int DEEPEST = 64;

  private final Lines lines;
  private final byte[] bytes;
  private final int end;
  private int at;
  private int from;
  private int count;

  private JsonRow(Lines lines) {
    this.lines = lines;
    this.bytes = lines.bytes();
    this.at = lines.from();
    this.end = lines.to();
  }

  /**
   * Reads an array of numbers that is a member of the line's object.
   *
   * @param target takes its numbers from {@code offset} on
   * @param width the number of values that it must have; 0 for any up to the room in {@code target}
   * @throws StitchException (bad input) if there is none, or the line is malformed up to there
   */
  static JsonRow vector(Lines lines, String name, float[] target, int offset, int width) {
    var row = new JsonRow(lines);
    row.find(name);
    row.read(name, target, offset, width);
    return row;
  }

  /** The number of values of the vector. */
  int count() {
    return count;
  }

  /** The line before the vector. */
  String before() {
    return lines.text(lines.from(), from);
  }

  /** The line behind the vector. */
  String after() {
    return lines.text(at, end);
  }

  /** The names of the line's object, in order; values are only passed over. */
  static List<String> names(Lines lines) {
    List<String> names = new ArrayList<>();
    new JsonRow(lines)
        .each(
            name -> {
              names.add(name);
              return false;
            });
    return names;
  }

  private void find(String name) {
    if (!each(name::equals)) {
      String shown = Printable.of(name);
      throw bad("has no vector '" + shown + "'; name its field with --columns vector=NAME");
    }
    from = at;
  }

  // Stops before the value of the first name that is wanted.
  private boolean each(Predicate<String> wanted) {
    blanks();
    expect('{');
    blanks();
    while (peek() == '"') {
      String key = key();
      blanks();
      expect(':');
      blanks();
      if (wanted.test(key)) {
        return true;
      }
      skipValue();
      blanks();
      if (peek() == ',') {
        at++;
        blanks();
      }
    }
    return false;
  }

  private void read(String name, float[] target, int offset, int width) {
    if (peek() != '[') {
      throw bad("'" + Printable.of(name) + "' must be a list of numbers");
    }
    var text = new FloatText(bytes, at, end);
    try {
      count =
          text.list(target, offset, width == 0 ? Math.min(target.length, Stride.WIDEST) : width);
    } catch (FloatText.Malformed e) {
      throw bad(
          "'%s': %s (at byte %d)"
              .formatted(Printable.of(name), e.problem(), e.at() - lines.from() + 1));
    }
    if (width != 0 && count != width) {
      throw bad(
          "'%s' has %d values but those before it have %d"
              .formatted(Printable.of(name), count, width));
    }
    at = text.at();
  }

  private String key() {
    int start = at;
    skipString();
    String raw = lines.text(start + 1, at - 1);
    return raw.indexOf('\\') < 0 ? raw : unescaped(lines, lines.text(start, at));
  }

  private void skipString() {
    for (at++; at < end; at++) {
      if (bytes[at] == '\\') {
        at++;
      } else if (bytes[at] == '"') {
        at++;
        return;
      }
    }
    throw bad("ends within a text");
  }

  // Strings, and brackets that close; the strict parser looks at the rest.
  private void skipValue() {
    int depth = 0;
    while (at < end) {
      byte value = bytes[at];
      if (value == '"') {
        skipString();
      } else if (value == '[' || value == '{') {
        depth++;
        at++;
      } else if (value == ']' || value == '}' || value == ',') {
        if (depth == 0) {
          return;
        }
        depth -= value == ',' ? 0 : 1;
        at++;
      } else {
        at++;
      }
    }
    throw bad("ends within a value");
  }

  private void blanks() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
  }

  private int peek() {
    return at < end ? bytes[at] : -1;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw bad("is not a JSON object: '" + wanted + "' is missing");
    }
    at++;
  }

  private StitchException bad(String problem) {
    return StitchException.badInput("%s %s", lines.where(), problem);
  }

  private static String unescaped(Lines lines, String literal) {
    try {
      return strict(literal).nextString();
    } catch (IOException | IllegalStateException e) {
      throw malformed(lines, e);
    }
  }

  /**
   * The members of an object whose values are texts or numbers; others are looked at and left out.
   *
   * @throws StitchException (bad input) if it is not strict JSON, or a name is given twice
   */
  static Map<String, String> members(Lines lines, String object) {
    Map<String, String> members = new HashMap<>();
    try (JsonReader in = strict(object)) {
      Set<String> names = new HashSet<>();
      in.beginObject();
      while (in.hasNext()) {
        String name = in.nextName();
        if (!names.add(name)) {
          throw StitchException.badInput(
              "%s: field '%s' is given twice", lines.where(), Printable.of(name));
        }
        if (in.peek() == JsonToken.STRING || in.peek() == JsonToken.NUMBER) {
          members.put(name, in.nextString());
        } else {
          in.skipValue();
        }
      }
      in.endObject();
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new IOException("something follows");
      }
      return members;
    } catch (IOException | IllegalStateException e) {
      throw malformed(lines, e);
    }
  }

  /** The refusal of a line. */
  static StitchException malformed(Lines lines, Exception e) {
    return StitchException.badInput("%s is not strict JSON; write the line again", lines.where())
        .because(e);
  }

  /** A reader of RFC 8259 and nothing else. */
  static JsonReader strict(String text) {
    var reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(DEEPEST);
    return reader;
  }
}
