// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

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
import io.github.djlstitch.encoders.internal.weights.SafetensorsWeights;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of the fixtures: a checkpoint and what the reference library makes of it. */
public final class Golden {
  public static final double TOLERANCE = 2e-5;

  private static final int FIRST = 16; // values of a vector that a digest has

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
    double[] wanted = digest(expected);
    double[] found = digest(vector);
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], found[i], TOLERANCE, "value " + i + " of 16, mean and length");
    }
  }

  /** The largest difference of the first values, the mean and the length; NaN if any is. */
  public static double difference(JsonObject expected, float[] vector) {
    double[] wanted = digest(expected);
    double[] found = digest(vector);
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i] - found[i]));
    }
    return largest;
  }

  private static double[] digest(JsonObject expected) {
    float[] first = values(expected.get("first16"));
    double[] digest = new double[FIRST + 2];
    for (int i = 0; i < FIRST; i++) {
      digest[i] = first[i];
    }
    digest[FIRST] = expected.get("mean").getAsDouble();
    digest[FIRST + 1] = expected.get("l2").getAsDouble();
    return digest;
  }

  private static double[] digest(float[] vector) {
    double[] digest = new double[FIRST + 2];
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      if (i < FIRST) {
        digest[i] = vector[i];
      }
      digest[FIRST] += (double) vector[i] / vector.length;
      squares += (double) vector[i] * vector[i];
    }
    digest[FIRST + 1] = Math.sqrt(squares);
    return digest;
  }
}
