// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON file with its place in it, so that every refusal names both.
 *
 * @param path from the file's root on, for example {@code model.vocab}
 */
record Node(Path file, String path, JsonElement value) {
  private static final long LARGEST_ID = (1L << 32) - 1; // of the native library

  static Node of(Path file, JsonCard card) {
    return new Node(file, "", card.json());
  }

  /** The fields of an object. */
  JsonObject object() {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw refusal("an object");
  }

  /** Checks that an object has no other fields. */
  Node only(String... fields) {
    var known = Set.of(fields);
    for (String name : object().keySet()) {
      if (!known.contains(name)) {
        throw StitchException.badInput(
            "'%s': %s has the unknown field '%s', expected only %s; it may be of a newer format",
            file, place(), Printable.of(name), String.join(", ", new TreeSet<>(known)));
      }
    }
    return this;
  }

  /** A field that must be there, perhaps null. */
  Node field(String name) {
    JsonElement found = object().get(name);
    if (found == null) {
      throw StitchException.badInput("'%s': %s has no field '%s'", file, place(), name);
    }
    return at(name, found);
  }

  /** A field, unless it is absent or null. */
  Optional<Node> optional(String name) {
    JsonElement found = object().get(name);
    return found == null || found.isJsonNull() ? Optional.empty() : Optional.of(at(name, found));
  }

  private Node at(String name, JsonElement found) {
    return new Node(file, path.isEmpty() ? name : path + "." + name, found);
  }

  boolean isNull() {
    return value instanceof JsonNull;
  }

  boolean isText() {
    return value instanceof JsonPrimitive text && text.isString();
  }

  String text() {
    if (!isText()) {
      throw refusal("a text");
    }
    return wellFormed(value.getAsString());
  }

  /** A text as it is in UTF-8; half a surrogate pair is not. */
  String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          throw refusal("a text without half a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  boolean flag() {
    if (value instanceof JsonPrimitive flag && flag.isBoolean()) {
      return flag.getAsBoolean();
    }
    throw refusal("true or false");
  }

  boolean flag(String name, boolean otherwise) {
    return optional(name).map(Node::flag).orElse(otherwise);
  }

  /** The id of a token, from 0 to 2^32 - 1. */
  long id() {
    return whole(LARGEST_ID);
  }

  /** A whole number from 0 on. */
  long whole(long largest) {
    if (value instanceof JsonPrimitive number && number.isNumber()) {
      double real = number.getAsDouble();
      if (real == Math.rint(real) && real >= 0 && real <= largest) {
        return (long) real;
      }
    }
    throw refusal("a whole number from 0 to " + largest);
  }

  double real() {
    if (value instanceof JsonPrimitive number && number.isNumber()) {
      double real = number.getAsDouble();
      if (Double.isFinite(real)) {
        return real;
      }
    }
    throw refusal("a finite number");
  }

  List<Node> items() {
    JsonArray array = array();
    List<Node> items = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      items.add(item(i));
    }
    return items;
  }

  JsonArray array() {
    if (value instanceof JsonArray array) {
      return array;
    }
    throw refusal("a list");
  }

  Node item(int index) {
    return new Node(file, path + "[" + index + "]", array().get(index));
  }

  /** A text that is one of some. */
  String choice(Set<String> known) {
    String text = text();
    if (!known.contains(text)) {
      throw refusal("one of " + String.join(", ", new TreeSet<>(known)));
    }
    return text;
  }

  /** The error (bad input) about this value. */
  StitchException refusal(String expected) {
    return StitchException.badInput(
        "'%s': %s is %s, expected %s; get the file again", file, place(), shown(value), expected);
  }

  /** The error (bad input) that the value means something that is not supported or not sound. */
  StitchException fault(String problem) {
    return StitchException.badInput("'%s': %s %s; get the file again", file, place(), problem);
  }

  String place() {
    return path.isEmpty() ? "the file" : "'" + Printable.of(path) + "'";
  }

  private static String shown(@Nullable JsonElement value) {
    if (value instanceof JsonObject) {
      return "an object";
    }
    return value instanceof JsonArray ? "a list" : Printable.of(String.valueOf(value));
  }
}
