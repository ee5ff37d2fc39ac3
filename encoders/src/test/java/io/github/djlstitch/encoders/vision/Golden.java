// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

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
import io.github.djlstitch.core.file.JsonCard;
import io.github.djlstitch.encoders.weights.SafetensorsWeights;
import io.github.djlstitch.encoders.weights.WeightSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of the fixtures: a checkpoint and what the reference library makes of it. */
final class Golden {
  static final double TOLERANCE = 2e-5;

  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

  private final Path folder;
  private final JsonObject expected;

  private Golden(Path folder, JsonObject expected) {
    this.folder = folder;
    this.expected = expected;
  }

  static Golden open(String name) {
    return new Golden(FIXTURES.resolve(name), json(name + "/expected.json"));
  }

  static JsonObject json(String file) {
    try {
      return JsonParser.parseString(Files.readString(FIXTURES.resolve(file))).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonCard config() {
    return JsonCard.read(folder.resolve("config.json"));
  }

  WeightSource weights() {
    return SafetensorsWeights.open(folder.resolve("model.safetensors"));
  }

  /** A numeric field of any rank. */
  NDArray array(NDManager manager, String field) {
    List<Long> shape = new ArrayList<>();
    for (JsonElement e = expected.get(field); e instanceof JsonArray a; e = a.get(0)) {
      shape.add((long) a.size());
    }
    return manager.create(
        values(expected.get(field)), new Shape(shape.stream().mapToLong(n -> n).toArray()));
  }

  static float[] values(JsonElement element) {
    List<Float> values = new ArrayList<>();
    collect(element, values);
    float[] result = new float[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i);
    }
    return result;
  }

  private static void collect(JsonElement element, List<Float> into) {
    if (element instanceof JsonArray array) {
      array.forEach(e -> collect(e, into));
    } else {
      into.add(element.getAsFloat());
    }
  }

  static float[] forward(VisionNetwork network, NDArray pixels) {
    var store = new ParameterStore(pixels.getManager(), false);
    return network.forward(store, new NDList(pixels), false).head().toFloatArray();
  }

  static void assertClose(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, "number of values");
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE, "value " + i);
    }
  }

  /** Compares the first values, the mean and the length. */
  static void assertDigest(JsonObject expected, float[] vector) {
    float[] first = values(expected.get("first16"));
    for (int i = 0; i < first.length; i++) {
      assertEquals(first[i], vector[i], TOLERANCE, "value " + i);
    }
    double sum = 0;
    double squares = 0;
    for (float value : vector) {
      sum += value;
      squares += (double) value * value;
    }
    assertEquals(expected.get("mean").getAsDouble(), sum / vector.length, TOLERANCE, "mean");
    assertEquals(expected.get("l2").getAsDouble(), Math.sqrt(squares), TOLERANCE, "length");
  }
}
