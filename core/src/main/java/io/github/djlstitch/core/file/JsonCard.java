// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.file;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A JSON object in a file, read field by field so that every error names the file and the field.
 */
public final class JsonCard {
  private static final long LARGEST = 256L << 20;
  private static final TypeAdapter<JsonElement> ADAPTER =
      new GsonBuilder().setStrictness(Strictness.STRICT).create().getAdapter(JsonElement.class);

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
    try {
      if (Files.size(file) > LARGEST) {
        throw StitchException.badInput("card '%s' is larger than %d bytes", file, LARGEST);
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      JsonElement root = ADAPTER.fromJson(new StringReader(text));
      if (root instanceof JsonObject object) {
        return new JsonCard(file, "", object);
      }
      throw StitchException.badInput("card '%s' is not a JSON object", file);
    } catch (NoSuchFileException e) {
      throw StitchException.badInput("no card '%s'; it belongs beside its .safetensors file", file)
          .because(e);
    } catch (IOException | JsonParseException e) {
      throw StitchException.badInput("card '%s' is not valid JSON: %s", file, e.getMessage())
          .because(e);
    }
  }

  /** Writes a card, all or nothing. */
  public static void write(Path file, JsonObject object) {
    String text =
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(object);
    AtomicFile.write(file, out -> out.write((text + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** A text field. */
  public String text(String field) {
    return field(field, "a text", JsonElement::getAsString);
  }

  /** A whole number. */
  public long integer(String field) {
    return field(field, "a whole number", e -> e.getAsBigDecimal().longValueExact());
  }

  /** A number. */
  public double number(String field) {
    return field(field, "a number", JsonElement::getAsDouble);
  }

  /** A list of texts. */
  public List<String> texts(String field) {
    return field(
        field,
        "a list of texts",
        e -> {
          List<String> texts = new ArrayList<>();
          e.getAsJsonArray().forEach(item -> texts.add(item.getAsString()));
          return texts;
        });
  }

  /** An object whose values are numbers. */
  public Map<String, Double> numbers(String field) {
    return field(
        field,
        "an object of numbers",
        e -> {
          Map<String, Double> numbers = new TreeMap<>();
          e.getAsJsonObject()
              .entrySet()
              .forEach(entry -> numbers.put(entry.getKey(), entry.getValue().getAsDouble()));
          return numbers;
        });
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

  private <T> T field(String field, String expected, Function<JsonElement, T> read) {
    JsonElement element = object.get(field);
    if (element == null) {
      throw StitchException.badInput(
          "card '%s' has no field '%s%s', expected %s", file, path, field, expected);
    }
    try {
      return read.apply(element);
    } catch (IllegalStateException | UnsupportedOperationException | ArithmeticException e) {
      throw wrong(field, expected).because(e);
    } catch (NumberFormatException e) {
      throw wrong(field, expected).because(e);
    }
  }

  private StitchException wrong(String field, String expected) {
    return StitchException.badInput(
        "card '%s': field '%s%s' is not %s", file, path, field, expected);
  }
}
