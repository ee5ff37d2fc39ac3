// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Damages JSON files, the same way for the same seed: in their structure, or in their bytes. */
public final class Mutations {
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "x",
          "##x",
          "[CLS]",
          "[UNK]",
          "<unk>",
          "A",
          "B",
          "▁",
          "hello",
          "é",
          "\u0301",
          "\u0000",
          "😀",
          "../../etc/passwd",
          "Sequence",
          "WordPiece",
          "BPE",
          "Unigram",
          "WordLevel",
          "Replace",
          "Prepend",
          "Precompiled",
          "Strip",
          "NFKD",
          "StripAccents",
          "Lowercase",
          "ByteLevel",
          "Nmt",
          "Metaspace",
          "Split",
          "Digits",
          "Punctuation",
          "CharDelimiterSplit",
          "UnicodeScripts",
          "BertNormalizer",
          "BertPreTokenizer",
          "TemplateProcessing",
          "RobertaProcessing",
          "PreTrainedTokenizerFast",
          "RobertaTokenizer",
          "CLIPTokenizer",
          "XLMRobertaTokenizer",
          "left",
          "Left",
          "Removed",
          "Contiguous",
          "(a+)+$",
          "(",
          "[",
          "\\p{Q}",
          "a{2,1}",
          "(?=x)*",
          "AAAA",
          "////",
          "bert",
          "roberta",
          "mpnet",
          "gelu",
          "relu",
          "1_Pooling",
          "..");
  private static final List<String> NUMBERS =
      List.of(
          "-1",
          "0",
          "1",
          "2",
          "3",
          "7",
          "1.5",
          "1e308",
          "-0.0",
          "4294967295",
          "4294967296",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "18446744073709551616",
          "1e-320");

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** A damaged file: one to four changes of its structure, or of its bytes. */
  public byte[] of(String json) {
    if (random.nextInt(4) == 0) {
      return bytes(json.getBytes(UTF_8));
    }
    JsonElement root = JsonParser.parseString(json);
    for (int i = random.nextInt(4); i >= 0; i--) {
      change(root);
    }
    return new GsonBuilder().serializeNulls().create().toJson(root).getBytes(UTF_8);
  }

  private byte[] bytes(byte[] bytes) {
    byte[] damaged = bytes.clone();
    int at = random.nextInt(damaged.length);
    switch (random.nextInt(4)) {
      case 0 -> damaged = Arrays.copyOf(damaged, at);
      case 1 -> damaged[at] = (byte) random.nextInt(256);
      case 2 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      default -> {
        int from = random.nextInt(damaged.length);
        int count = Math.min(random.nextInt(40), damaged.length - Math.max(at, from));
        System.arraycopy(bytes, from, damaged, at, count);
      }
    }
    return damaged;
  }

  private void change(JsonElement root) {
    List<Consumer<JsonElement>> places = new ArrayList<>();
    List<JsonElement> values = new ArrayList<>();
    collect(root, places, values);
    if (places.isEmpty()) {
      return;
    }
    int place = random.nextInt(places.size());
    boolean moved = random.nextInt(4) == 0;
    JsonElement value = moved ? values.get(random.nextInt(values.size())).deepCopy() : any(0);
    places.get(place).accept(value);
  }

  private void collect(
      JsonElement element, List<Consumer<JsonElement>> places, List<JsonElement> values) {
    if (element instanceof JsonObject object) {
      for (String name : List.copyOf(object.keySet())) {
        boolean rare = object.size() > 20 && random.nextInt(10) > 0; // a vocabulary is not all
        if (!rare) {
          places.add(value -> put(object, name, value));
          values.add(object.get(name));
          collect(object.get(name), places, values);
        }
      }
    } else if (element instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        places.add(value -> put(array, index, value));
        values.add(array.get(i));
        collect(array.get(i), places, values);
      }
    }
  }

  private void put(JsonObject object, String name, JsonElement value) {
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> {
        JsonElement old = object.remove(name);
        object.add(word(), old == null ? value : old);
      }
      default -> object.add(name, value);
    }
  }

  private void put(JsonArray array, int index, JsonElement value) {
    if (index >= array.size()) {
      array.add(value);
    } else if (random.nextInt(3) == 0) {
      array.remove(index);
    } else if (random.nextInt(3) == 0) {
      array.add(array.get(index).deepCopy());
    } else {
      array.set(index, value);
    }
  }

  private String word() {
    return random.nextInt(30) == 0 ? "ab".repeat(5000) : WORDS.get(random.nextInt(WORDS.size()));
  }

  private JsonElement any(int depth) {
    return switch (random.nextInt(depth > 2 ? 5 : 8)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(random.nextBoolean());
      case 2 -> new JsonPrimitive(new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size()))));
      case 3, 4 -> new JsonPrimitive(word());
      case 5 -> deep(random.nextInt(20) == 0 ? 200 : 1);
      case 6 -> {
        var array = new JsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(any(depth + 1));
        }
        yield array;
      }
      default -> {
        var object = new JsonObject();
        object.addProperty("type", word());
        for (String field :
            List.of("pattern", "content", "prepend", "replacement", "normalizers")) {
          if (random.nextInt(3) == 0) {
            object.add(field, any(depth + 1));
          }
        }
        yield object;
      }
    };
  }

  private static JsonElement deep(int depth) {
    JsonElement value = new JsonArray();
    for (int i = 0; i < depth; i++) {
      var outer = new JsonArray();
      outer.add(value);
      value = outer;
    }
    return value;
  }
}
