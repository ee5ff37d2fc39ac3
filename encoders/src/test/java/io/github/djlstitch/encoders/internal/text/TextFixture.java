// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.weights.CheckpointNames;
import io.github.djlstitch.encoders.internal.weights.SafetensorsWeights;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** A tiny checkpoint with what its reference library computes from it. */
final class TextFixture {
  private static final Path FOLDER = Path.of("src", "test", "resources", "fixtures");
  private static final double TOLERANCE = 2e-5;

  private final Path folder;
  private final JsonObject expected;

  private TextFixture(Path folder, JsonObject expected) {
    this.folder = folder;
    this.expected = expected;
  }

  static TextFixture of(String name) {
    Path folder = FOLDER.resolve(name);
    try (var in = Files.newBufferedReader(folder.resolve("expected.json"))) {
      return new TextFixture(folder, JsonParser.parseReader(in).getAsJsonObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonCard config() {
    return JsonCard.read(folder.resolve("config.json"));
  }

  WeightSource weights() {
    return CheckpointNames.of(SafetensorsWeights.open(folder.resolve("model.safetensors")));
  }

  boolean has(String name) {
    return expected.has(name);
  }

  /** Token ids, mask and, if there are any, token types, each (B, T). */
  NDArray[] inputs(NDManager manager) {
    return Stream.of("input_ids", "attention_mask", "token_type_ids")
        .filter(expected::has)
        .map(name -> matrix(manager, name))
        .toArray(NDArray[]::new);
  }

  NDArray matrix(NDManager manager, String name) {
    JsonArray rows = expected.getAsJsonArray(name);
    long[] values = flat(rows).stream().mapToLong(JsonElement::getAsLong).toArray();
    return manager.create(values, new Shape(rows.size(), values.length / rows.size()));
  }

  /** Requires a result of any shape to be the expected one, everywhere. */
  void assertEqual(String name, NDArray result) {
    assertClose(name, result, i -> true);
  }

  /** Requires token states (B, T, D) to be the expected ones where the mask is not 0. */
  void assertEqualStates(String name, NDArray states) {
    List<JsonElement> mask = flat(expected.get("attention_mask"));
    long width = states.getShape().get(2);
    assertClose(name, states, i -> mask.get((int) (i / width)).getAsInt() != 0);
  }

  /** Requires vectors (B, D) to be the expected states of the first tokens. */
  void assertEqualFirst(String name, NDArray vectors) {
    List<JsonElement> first = new ArrayList<>();
    expected.getAsJsonArray(name).forEach(row -> first.addAll(flat(row.getAsJsonArray().get(0))));
    assertClose(name, first, vectors, i -> true);
  }

  /** Requires the states of one layer to be the expected ones where the mask is not 0. */
  void assertEqualLayer(int layer, NDArray states) {
    List<JsonElement> mask = flat(expected.get("attention_mask"));
    long width = states.getShape().get(2);
    assertClose(
        "hidden_states[" + layer + "]",
        flat(expected.getAsJsonArray("hidden_states").get(layer)),
        states,
        i -> mask.get((int) (i / width)).getAsInt() != 0);
  }

  private void assertClose(String name, NDArray result, IntPredicate compared) {
    assertClose(name, flat(expected.get(name)), result, compared);
  }

  private static void assertClose(
      String name, List<JsonElement> values, NDArray result, IntPredicate compared) {
    float[] found = result.toFloatArray();
    assertEquals(values.size(), found.length, name);
    for (int i = 0; i < found.length; i++) {
      if (compared.test(i)) {
        assertEquals(values.get(i).getAsDouble(), found[i], TOLERANCE, name + " at " + i);
      }
    }
  }

  static NDArray vectors(TextNetwork network, NDManager manager, NDArray... inputs) {
    return network
        .forward(new ParameterStore(manager, false), new NDList(inputs), false)
        .singletonOrThrow();
  }

  private static List<JsonElement> flat(JsonElement element) {
    List<JsonElement> values = new ArrayList<>();
    for (JsonElement item : element.getAsJsonArray()) {
      if (item.isJsonArray()) {
        values.addAll(flat(item));
      } else {
        values.add(item);
      }
    }
    return values;
  }
}
