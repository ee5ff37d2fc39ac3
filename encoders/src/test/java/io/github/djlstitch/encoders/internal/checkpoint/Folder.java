// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import static io.github.djlstitch.encoders.Refusals.refused;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.options.EncoderOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A model folder made from a fixture, to be changed by a test. */
record Folder(Path path, JsonObject expected) {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");

  /** A copy of a fixture's configuration and weights. */
  static Folder of(Path parent, String fixture) throws IOException {
    Path from = FIXTURES.resolve(fixture);
    Path to = Files.createDirectories(parent.resolve(fixture));
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
    String expected = Files.readString(from.resolve("expected.json"));
    return new Folder(to, JsonParser.parseString(expected).getAsJsonObject());
  }

  Folder put(String name, String content) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  Folder put(String name, byte[] content) throws IOException {
    Files.createDirectories(path.resolve(name).getParent());
    Files.write(path.resolve(name), content);
    return this;
  }

  Folder delete(String name) throws IOException {
    Files.delete(path.resolve(name));
    return this;
  }

  Folder config(Consumer<JsonObject> change) throws IOException {
    String text = Files.readString(path.resolve("config.json"));
    JsonObject config = JsonParser.parseString(text).getAsJsonObject();
    change.accept(config);
    return put("config.json", config.toString());
  }

  /** Makes every number of the weights NaN. */
  Folder damage() throws IOException {
    byte[] file = Files.readAllBytes(path.resolve("model.safetensors"));
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(Math.toIntExact(Long.BYTES + bytes.getLong(0))); // behind the header
    while (bytes.remaining() >= Float.BYTES) {
      bytes.putFloat(Float.NaN);
    }
    return put("model.safetensors", file);
  }

  /** Adds a tokenizer for whose texts, like "t11 t7", the ids are the numbers. */
  Folder tokenizer(int first, int last) throws IOException {
    var vocabulary = new JsonObject();
    for (int i = 0; i < 50; i++) {
      vocabulary.addProperty("t" + i, i);
    }
    String template =
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [
            {"id": %1$d, "content": "t%1$d", "single_word": true, "lstrip": false,
             "rstrip": false, "normalized": false, "special": true},
            {"id": %2$d, "content": "t%2$d", "single_word": true, "lstrip": false,
             "rstrip": false, "normalized": false, "special": true}],
         "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
         "post_processor": {"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "t%1$d", "type_id": 0}},
                       {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "t%2$d", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}},
                     {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {
                "t%1$d": {"id": "t%1$d", "ids": [%1$d], "tokens": ["t%1$d"]},
                "t%2$d": {"id": "t%2$d", "ids": [%2$d], "tokens": ["t%2$d"]}}},
         "decoder": null, "model": {"type": "WordLevel", "unk_token": "t4", "vocab": %3$s}}
        """;
    return put("tokenizer.json", template.formatted(first, last, vocabulary));
  }

  /** The last sequence of the fixture as a text, and its ends as the tokenizer's. */
  String text() throws IOException {
    int[] ids = ids();
    tokenizer(ids[0], ids[ids.length - 1]);
    return text(Arrays.copyOfRange(ids, 1, ids.length - 1));
  }

  static String text(int... ids) {
    var text = new StringBuilder();
    for (int id : ids) {
      text.append('t').append(id).append(' ');
    }
    return text.toString().strip();
  }

  private int[] ids() {
    JsonArray rows = expected.getAsJsonArray("input_ids");
    JsonArray mask = expected.getAsJsonArray("attention_mask");
    JsonArray row = rows.get(rows.size() - 1).getAsJsonArray();
    int count = 0;
    for (JsonElement attended : mask.get(rows.size() - 1).getAsJsonArray()) {
      count += attended.getAsInt();
    }
    int[] ids = new int[count];
    Arrays.setAll(ids, i -> row.get(i).getAsInt());
    return ids;
  }

  /** The last row of a field, and of that the first until there are only numbers. */
  float[] lastRow(String field) {
    JsonArray rows = expected.getAsJsonArray(field);
    JsonArray row = rows.get(rows.size() - 1).getAsJsonArray();
    while (row.get(0).isJsonArray()) {
      row = row.get(0).getAsJsonArray();
    }
    float[] values = new float[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i).getAsFloat();
    }
    return values;
  }

  float[] encode(String text, EncoderOptions options) {
    try (var encoder = Checkpoint.open(path).textEncoder("x", options)) {
      return encoder.encode(List.of(text)).row(0);
    }
  }

  float[] encode(String text) {
    return encode(text, EncoderOptions.defaults());
  }

  void assertNoTexts(String part) {
    assertNoTexts(part, StitchException.Kind.BAD_INPUT);
  }

  void assertNoTexts(String part, StitchException.Kind kind) {
    refused(
        part,
        kind,
        () -> Checkpoint.open(path).textEncoder("x", EncoderOptions.defaults()).close());
  }

  void assertNoImages(String part, StitchException.Kind kind) {
    refused(
        part,
        kind,
        () -> Checkpoint.open(path).imageEncoder("x", EncoderOptions.defaults()).close());
  }
}
