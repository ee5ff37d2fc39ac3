// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;

/** Reads JSON by RFC 8259 and refuses texts that two readers could understand differently. */
final class StrictJson {
  private static final int DEEPEST = 64; // our cards have 3 levels
  private static final int LONGEST_NUMBER = 1000; // parsing takes the square of it
  private static final int MOST_VALUES = 4_000_000; // a value of a byte may take 70 in memory

  private final JsonReader in;
  private int values;

  private StrictJson(JsonReader in) {
    this.in = in;
  }

  /** The one value of a text; a failure names its place in one line. */
  static JsonElement parse(String text) throws IOException {
    var reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(DEEPEST);
    try {
      JsonElement root = new StrictJson(reader).value();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("something follows");
      }
      return root;
    } catch (MalformedJsonException | NumberFormatException e) {
      throw new IOException("mistake at " + Printable.of(reader.getPath()), e);
    } catch (EOFException e) {
      throw new IOException("it ends at " + Printable.of(reader.getPath()), e);
    }
  }

  private JsonElement value() throws IOException {
    values++;
    if (values > MOST_VALUES) {
      throw new IOException("it has more than " + MOST_VALUES + " values");
    }
    return switch (in.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> array();
      case STRING -> new JsonPrimitive(in.nextString());
      case NUMBER -> new JsonPrimitive(number(in.nextString()));
      case BOOLEAN -> new JsonPrimitive(in.nextBoolean());
      case NULL -> {
        in.nextNull();
        yield JsonNull.INSTANCE;
      }
      default -> throw new MalformedJsonException("not a value");
    };
  }

  private static BigDecimal number(String digits) {
    if (digits.length() > LONGEST_NUMBER) {
      throw new NumberFormatException("more digits than any number we write");
    }
    return new BigDecimal(digits);
  }

  private JsonObject object() throws IOException {
    var object = new JsonObject();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (object.has(name)) {
        throw new IOException("field " + Printable.of(in.getPath()) + " is given twice");
      }
      object.add(name, value());
    }
    in.endObject();
    return object;
  }

  private JsonArray array() throws IOException {
    var array = new JsonArray();
    in.beginArray();
    while (in.hasNext()) {
      array.add(value());
    }
    in.endArray();
    return array;
  }
}
