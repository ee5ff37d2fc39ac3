// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.train.Autograd;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of guides and their gradients against PyTorch's autograd; see guides.py. */
final class TeacherSignalTest {
  private static final JsonObject GOLDEN = read();

  private static JsonObject read() {
    var in = TeacherSignalTest.class.getResourceAsStream("guides.json");
    var reader = new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8);
    return JsonParser.parseReader(reader).getAsJsonObject();
  }

  private static FloatMatrix matrix(JsonElement rows) {
    List<float[]> found = new ArrayList<>();
    for (JsonElement row : rows.getAsJsonArray()) {
      JsonArray values = row.getAsJsonArray();
      float[] floats = new float[values.size()];
      for (int j = 0; j < floats.length; j++) {
        floats[j] = values.get(j).getAsFloat();
      }
      found.add(floats);
    }
    return FloatMatrix.of(found.toArray(float[][]::new));
  }

  private static FloatMatrix given(String name) {
    return matrix(GOLDEN.get(name));
  }

  private static void equalsPyTorch(String name, FloatMatrix at, UnaryOperator<NDArray> loss) {
    JsonObject expected = GOLDEN.getAsJsonObject(name);
    Autograd.alone(
        () -> {
          try (NDManager manager = TensorBridge.newManager()) {
            NDArray x = TensorBridge.toTensor(manager, at); // (B, D)
            x.setRequiresGradient(true);
            try (GradientCollector collector = LoadedEngine.get().newGradientCollector()) {
              NDArray value = loss.apply(x); // ()
              assertEquals(expected.get("loss").getAsDouble(), value.getFloat(), 1e-6);
              collector.backward(value);
            }
            assertArrayEquals(
                matrix(expected.get("gradient")).toArray(), x.getGradient().toFloatArray(), 1e-6f);
          }
          return true;
        });
  }

  @Test
  void relativeVectorsArePulledToTheTeachers() {
    equalsPyTorch(
        "relative",
        given("latents"),
        latents -> {
          NDManager manager = latents.getManager();
          NDArray anchors = TensorBridge.toTensor(manager, given("anchors")); // (M, D)
          NDArray cosines =
              StudentObjective.cosines(
                  new ParameterStore(manager, false), latents, anchors); // (B, M)
          return TeacherSignal.Relative.loss(
              cosines, TensorBridge.toTensor(manager, given("teacher"))); // ()
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void softenedScoresArePulledToTheTeachers(int temperature) {
    equalsPyTorch(
        "logits " + temperature,
        given("scores"),
        scores ->
            TeacherSignal.Logits.loss(
                scores,
                TensorBridge.toTensor(scores.getManager(), given("logits")), // (B, C)
                temperature));
  }

  @Test
  void guidesCheckTheirNumbersAndTellThemApart() {
    FloatMatrix two = FloatMatrix.of(2, 2, 1, 2, 3, 4);
    int[] anchors = {0, 1};
    assertEquals(0, TeacherSignal.none().weight());
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(StitchException.class, () -> new TeacherSignal.Logits(two, bad, 1));
      assertThrows(StitchException.class, () -> new TeacherSignal.Logits(two, 1, bad));
      assertThrows(StitchException.class, () -> new TeacherSignal.Relative(two, anchors, bad));
    }
    assertThrows(StitchException.class, () -> new TeacherSignal.Relative(two, new int[] {0}, 1));
    List<String> keys =
        List.of(
            TeacherSignal.none().describe(),
            new TeacherSignal.Logits(two, 1, 1).describe(),
            new TeacherSignal.Logits(two, 2, 1).describe(),
            new TeacherSignal.Logits(FloatMatrix.of(2, 2, 1, 2, 3, 5), 1, 1).describe(),
            new TeacherSignal.Relative(two, anchors, 1).describe(),
            new TeacherSignal.Relative(two, new int[] {1, 0}, 1).describe());
    assertTrue(keys.stream().distinct().count() == keys.size(), keys::toString);
  }
}
