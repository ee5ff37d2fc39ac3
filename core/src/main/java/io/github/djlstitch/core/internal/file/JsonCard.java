// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A JSON object in a file, read field by field so that every error names the file and the field.
 */
public final class JsonCard {
  private static final long LARGEST = 256L << 20;

  private final Path file;
  private final String path;
  private final JsonObject object;

  private JsonCard(Path file, String path, JsonObject object) {
    this.file = file;
    this.path = path;
    this.object = object;
  }

  /**
   * Reads a card.
   *
   * @throws StitchException (bad input) if the file is missing, too large or not a JSON object
   */
  public static JsonCard read(Path file) {
    return parse(file, content(file));
  }

  /**
   * Parses a card from text.
   *
   * @param file named in messages
   */
  public static JsonCard parse(Path file, String text) {
    if (element(file, text) instanceof JsonObject object) {
      return new JsonCard(file, "", object);
    }
    throw StitchException.badInput("card '%s' is not a JSON object", file);
  }

  /** A card without fields, for a file that may be missing. */
  public static JsonCard absent(Path file) {
    return new JsonCard(file, "", new JsonObject());
  }

  /**
   * Reads a file that is a list of objects.
   *
   * @throws StitchException (bad input) if the file is missing, too large or something else
   */
  public static List<JsonCard> readList(Path file) {
    if (element(file, content(file)) instanceof JsonArray array) {
      var root = new JsonObject();
      root.add("", array);
      return new JsonCard(file, "", root).cards("");
    }
    throw StitchException.badInput("card '%s' is not a JSON list", file);
  }

  private static String content(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw StitchException.badInput("card '%s' is larger than %d bytes", file, LARGEST);
      }
      try (var in = ForeignFormat.openJson(file)) {
        var bytes = ByteBuffer.wrap(in.readAllBytes());
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      }
    } catch (NoSuchFileException e) {
      throw StitchException.badInput(
              "no file '%s'; a .json card belongs beside its .safetensors file", file)
          .because(e);
    } catch (CharacterCodingException e) {
      throw StitchException.badInput("card '%s' is not UTF-8", file).because(e);
    } catch (IOException e) {
      throw invalid(file, e);
    }
  }

  private static JsonElement element(Path file, String text) {
    try {
      return StrictJson.parse(text);
    } catch (IOException e) {
      throw invalid(file, e);
    }
  }

  private static StitchException invalid(Path file, IOException e) {
    return StitchException.badInput("card '%s' is not valid JSON: %s", file, e.getMessage())
        .because(e);
  }

  /** This card with other values for the fields that it lacks; a field that is null stays so. */
  public JsonCard or(JsonObject defaults) {
    JsonObject whole = defaults.deepCopy();
    object.entrySet().forEach(field -> whole.add(field.getKey(), field.getValue()));
    return new JsonCard(file, path, whole);
  }

  /** The object itself, for readers of a format of their own; not to be changed. */
  public JsonObject json() {
    return object;
  }

  /** Writes a card, all or nothing. */
  public static void write(Path file, JsonObject object) {
    String text =
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(object);
    AtomicFile.write(file, out -> out.write((text + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** A text field. */
  public String text(String field) {
    return field(field, "a text", JsonCard::string);
  }

  /** A whole number. */
  public long integer(String field) {
    return field(field, "a whole number", e -> numeric(e).getAsBigDecimal().longValueExact());
  }

  /** A number. */
  public double number(String field) {
    return field(field, "a number", JsonCard::real);
  }

  /** A whole number from 1 to 2^31 - 1. */
  public int size(String field) {
    return field(field, "a whole number from 1 to 2147483647", JsonCard::positive);
  }

  /** A whole number from 1 to 2^31 - 1, or a list of them; one number gives a list of one. */
  public List<Integer> sizes(String field) {
    return field(
        field,
        "a whole number from 1 to 2147483647 or a list of them",
        e -> {
          List<Integer> sizes = new ArrayList<>();
          if (e.isJsonArray()) {
            e.getAsJsonArray().forEach(item -> sizes.add(positive(item)));
          } else {
            sizes.add(positive(e));
          }
          if (sizes.isEmpty()) {
            throw new ArithmeticException("empty");
          }
          return sizes;
        });
  }

  /** True or false. */
  public boolean flag(String field) {
    return field(field, "true or false", JsonCard::bool);
  }

  /**
   * The value that a text field names.
   *
   * @param values all that it may name
   * @throws StitchException (bad input) if it names another
   */
  public <T> T choice(String field, Map<String, T> values) {
    T value = values.get(text(field));
    if (value == null) {
      throw refusal(field, "one of " + String.join(", ", new TreeSet<>(values.keySet())));
    }
    return value;
  }

  /** A list of texts. */
  public List<String> texts(String field) {
    return list(field, "a list of texts", JsonCard::string);
  }

  /** An object whose values are numbers. */
  public Map<String, Double> numbers(String field) {
    return named(field, "an object of numbers", JsonCard::real);
  }

  /** An object whose values are texts. */
  public Map<String, String> textsByName(String field) {
    return named(field, "an object of texts", JsonCard::string);
  }

  /** A list of numbers. */
  public List<Double> reals(String field) {
    return list(field, "a list of numbers", JsonCard::real);
  }

  /** A list of objects. */
  public List<JsonCard> cards(String field) {
    return list(
        field,
        "a list of objects",
        e -> new JsonCard(file, path + field + "[].", e.getAsJsonObject()));
  }

  /** Returns true if there is a field of that name, for fields that came later. */
  public boolean has(String field) {
    return object.has(field);
  }

  /** Returns true if there is a field of that name whose value is not null. */
  public boolean gives(String field) {
    return has(field) && !object.get(field).isJsonNull();
  }

  /** Returns true if there is a field of that name whose value is an object. */
  public boolean givesCard(String field) {
    return has(field) && object.get(field).isJsonObject();
  }

  /** A nested object. */
  public JsonCard card(String field) {
    return field(
        field, "an object", e -> new JsonCard(file, path + field + ".", e.getAsJsonObject()));
  }

  /**
   * Checks a field's value.
   *
   * @throws StitchException (bad input) if it is another
   */
  public void require(String field, String expected) {
    if (!text(field).equals(expected)) {
      throw StitchException.badInput(
          "card '%s': field '%s%s' is '%s', expected '%s'",
          file, path, field, text(field), expected);
    }
  }

  /**
   * Checks that there are no other fields.
   *
   * @throws StitchException (bad input) naming the first one
   */
  public void requireOnly(String... fields) {
    List<String> known = List.of(fields);
    for (String found : object.keySet()) {
      if (!known.contains(found)) {
        throw StitchException.badInput(
            "card '%s' has the unknown field '%s%s'; expected only %s",
            file, path, Printable.of(found), String.join(", ", known));
      }
    }
  }

  /** The error (bad input) about a field whose value is well formed but will not do. */
  public StitchException refusal(String field, String expected) {
    return StitchException.badInput(
        "card '%s': field '%s%s' is %s, expected %s",
        file, path, field, Printable.of(String.valueOf(object.get(field))), expected);
  }

  /** The error (bad input) about a file that asks for more than is done. */
  public StitchException excess(String what, long found, long most) {
    return StitchException.badInput(
        "card '%s' asks for %d %s, expected at most %d", file, found, what, most);
  }

  private <T> Map<String, T> named(String field, String expected, Function<JsonElement, T> read) {
    return field(
        field,
        expected,
        e -> {
          Map<String, T> items = new TreeMap<>();
          e.getAsJsonObject()
              .entrySet()
              .forEach(entry -> items.put(entry.getKey(), read.apply(entry.getValue())));
          return items;
        });
  }

  private <T> List<T> list(String field, String expected, Function<JsonElement, T> read) {
    return field(
        field,
        expected,
        e -> {
          List<T> items = new ArrayList<>();
          e.getAsJsonArray().forEach(item -> items.add(read.apply(item)));
          return items;
        });
  }

  private <T> T field(String field, String expected, Function<JsonElement, T> read) {
    JsonElement element = object.get(field);
    if (element == null) {
      throw StitchException.badInput(
          "card '%s' has no field '%s%s', expected %s", file, path, field, expected);
    }
    try {
      return read.apply(element);
    } catch (IllegalStateException | ArithmeticException | NumberFormatException e) {
      throw wrong(field, expected).because(e);
    }
  }

  // Gson's own getters turn numbers into texts, texts into numbers and lists of one into either.
  private static String string(JsonElement element) {
    if (element instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw new IllegalStateException("not a text");
  }

  private static boolean bool(JsonElement element) {
    if (element instanceof JsonPrimitive flag && flag.isBoolean()) {
      return flag.getAsBoolean();
    }
    throw new IllegalStateException("not a flag");
  }

  private static int positive(JsonElement element) {
    int value = numeric(element).getAsBigDecimal().intValueExact();
    if (value < 1) {
      throw new ArithmeticException("not positive");
    }
    return value;
  }

  private static double real(JsonElement element) {
    double value = numeric(element).getAsDouble();
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("beyond double");
    }
    return value;
  }

  private static JsonPrimitive numeric(JsonElement element) {
    if (element instanceof JsonPrimitive number && number.isNumber()) {
      return number;
    }
    throw new IllegalStateException("not a number");
  }

  private StitchException wrong(String field, String expected) {
    return StitchException.badInput(
        "card '%s': field '%s%s' is not %s", file, path, field, expected);
  }
}
