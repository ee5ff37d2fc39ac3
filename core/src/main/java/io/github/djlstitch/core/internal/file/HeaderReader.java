// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a safetensors header token by token. Stricter than the reference in one way
 * only: where a file could mean different things to two readers (a name given twice, a tensor given
 * as a list), it is refused.
 */
final class HeaderReader {
  private static final int DEEPEST = 128; // the recursion limit of the reference
  private static final int MOST_TENSORS = 65_536; // many times the largest files; bounds the heap

  private final MeteredReader text;
  private final JsonReader json;
  private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private @Nullable Map<String, String> metadata;

  private HeaderReader(InputStream in) {
    text = new MeteredReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    json = new JsonReader(text);
    json.setStrictness(Strictness.STRICT);
    json.setNestingLimit(DEEPEST);
  }

  /**
   * Reads a header to its end.
   *
   * @param in the bytes of the header and nothing else, starting with <code>{</code>
   * @param dataSize the number of bytes that follow the header
   * @throws HeaderFault if the header breaks a rule of the format
   * @throws IOException if the bytes cannot be read
   */
  static Header read(InputStream in, long dataSize) throws IOException {
    HeaderReader reader = new HeaderReader(in);
    try {
      reader.object();
    } catch (CharacterCodingException e) {
      throw new HeaderFault("the header is not UTF-8");
    } catch (MalformedJsonException | EOFException e) {
      throw new HeaderFault(
          "the header is not strict JSON near %s", Printable.of(reader.json.getPath()));
    }
    Map<String, String> metadata = reader.metadata;
    return Header.ofUnordered(metadata == null ? Map.of() : metadata, reader.tensors, dataSize);
  }

  private void object() throws IOException {
    expect(JsonToken.BEGIN_OBJECT, "the header");
    json.beginObject();
    while (json.hasNext()) {
      text.restart();
      String name = wellFormed(json.nextName());
      if (name.equals(Header.METADATA)) {
        metadata();
      } else if (tensors.containsKey(name)) {
        throw new HeaderFault("tensor '%s' is given twice", Printable.of(name));
      } else if (tensors.size() == MOST_TENSORS) {
        throw new HeaderFault("a file may hold %d tensors but there are more", MOST_TENSORS);
      } else {
        tensors.put(name, tensor("tensor '" + Printable.of(name) + "'"));
      }
    }
    json.endObject();
    expect(JsonToken.END_DOCUMENT, "the end of the header");
  }

  private void metadata() throws IOException {
    if (metadata != null) {
      throw new HeaderFault("%s is given twice", Header.METADATA);
    }
    Map<String, String> entries = new LinkedHashMap<>();
    metadata = entries;
    if (json.peek() == JsonToken.NULL) {
      json.nextNull();
      return;
    }
    expect(JsonToken.BEGIN_OBJECT, Header.METADATA);
    json.beginObject();
    while (json.hasNext()) {
      text.restart();
      String key = wellFormed(json.nextName());
      String where = Header.METADATA + " '" + Printable.of(key) + "'";
      if (entries.put(key, string(where)) != null) {
        throw new HeaderFault("%s is given twice", where);
      }
    }
    json.endObject();
  }

  private TensorInfo tensor(String where) throws IOException {
    expect(JsonToken.BEGIN_OBJECT, where);
    json.beginObject();
    Set<String> seen = new HashSet<>();
    DType dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (json.hasNext()) {
      String field = wellFormed(json.nextName());
      if (!seen.add(field)) {
        throw new HeaderFault("%s gives field '%s' twice", where, Printable.of(field));
      }
      switch (field) {
        case "dtype" -> dtype = dtype(where);
        case "shape" -> shape = integers(where + " shape", Header.HIGHEST_RANK);
        case "data_offsets" -> offsets = integers(where + " data_offsets", 2);
        default -> skip();
      }
    }
    json.endObject();
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw new HeaderFault(
          "%s needs dtype, shape and data_offsets of 2 numbers but has the fields %s",
          where, Printable.of(String.join(", ", seen.stream().sorted().toList())));
    }
    return info(where, dtype, shape, offsets.get(0), offsets.get(1));
  }

  private static TensorInfo info(
      String where, DType dtype, List<Long> shape, long begin, long end) {
    long size;
    try {
      size = TensorInfo.sizeOf(dtype, shape);
    } catch (ArithmeticException e) {
      throw new HeaderFault("%s: shape %s of %s overflows 63 bits", where, shape, dtype);
    }
    if (begin > end || end - begin != size) {
      throw new HeaderFault(
          "%s: shape %s of %s needs %d bytes but data_offsets are [%d, %d]",
          where, shape, dtype, size, begin, end);
    }
    return new TensorInfo(dtype, shape, begin, end);
  }

  private DType dtype(String where) throws IOException {
    String name = string(where + " dtype");
    return DType.named(name)
        .orElseThrow(
            () ->
                new HeaderFault(
                    "%s has dtype '%s', expected one of %s",
                    where, Printable.of(name), List.of(DType.values())));
  }

  private List<Long> integers(String where, int most) throws IOException {
    expect(JsonToken.BEGIN_ARRAY, where);
    json.beginArray();
    List<Long> values = new ArrayList<>();
    while (json.hasNext()) {
      if (values.size() == most) {
        throw new HeaderFault("%s may hold %d numbers but holds more", where, most);
      }
      expect(JsonToken.NUMBER, where);
      values.add(integer(where, json.nextString()));
    }
    json.endArray();
    return values;
  }

  private static long integer(String where, String token) {
    try {
      if (token.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Long.parseLong(token);
      }
    } catch (NumberFormatException e) {
      // Too large: the same message as for a sign, a fraction or an exponent.
    }
    throw new HeaderFault(
        "%s needs whole numbers from 0 to 2^63-1 but got %s", where, Printable.of(token));
  }

  private String string(String where) throws IOException {
    expect(JsonToken.STRING, where);
    return wellFormed(json.nextString());
  }

  /** Skips a field that is not ours. JsonReader.skipValue would not look inside its strings. */
  private void skip() throws IOException {
    int depth = 0;
    do {
      depth += skipToken();
    } while (depth > 0);
  }

  /** Reads one token and returns by how much it changes the depth. */
  private int skipToken() throws IOException {
    JsonToken token = json.peek();
    switch (token) {
      case BEGIN_OBJECT -> json.beginObject();
      case BEGIN_ARRAY -> json.beginArray();
      case END_OBJECT -> json.endObject();
      case END_ARRAY -> json.endArray();
      case NAME -> wellFormed(json.nextName());
      case NULL, BOOLEAN -> json.skipValue();
      default -> wellFormed(json.nextString());
    }
    return switch (token) {
      case BEGIN_OBJECT, BEGIN_ARRAY -> 1;
      case END_OBJECT, END_ARRAY -> -1;
      default -> 0;
    };
  }

  private void expect(JsonToken token, String where) throws IOException {
    if (json.peek() != token) {
      throw new HeaderFault("%s must be %s but is %s", where, token, json.peek());
    }
  }

  @CanIgnoreReturnValue
  private String wellFormed(String text) {
    if (!utf8.canEncode(text)) {
      throw new HeaderFault("'%s' holds half a surrogate pair", Printable.of(text));
    }
    return text;
  }
}
