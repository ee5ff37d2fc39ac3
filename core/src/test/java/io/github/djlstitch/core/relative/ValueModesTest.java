// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Value modes of relative attention against PyTorch's modules; see attention.py. */
@Tag("processor")
final class ValueModesTest {
  private static final JsonObject GOLDEN = read();
  private static final FloatMatrix ANCHORS = matrix(GOLDEN.getAsJsonArray("anchors"));
  private static final RelativeProjection PROJECTION =
      RelativeProjection.onto(ANCHORS, Similarity.cosine(), Centering.NONE);
  private static final FloatMatrix R = PROJECTION.apply(matrix(GOLDEN.getAsJsonArray("x")));
  private static final FloatMatrix WEIGHTS = matrix(GOLDEN.getAsJsonArray("weights"));
  private static final int M = R.columns();

  private static JsonObject read() {
    var in = ValueModesTest.class.getResourceAsStream("attention.json");
    var reader = new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8);
    return JsonParser.parseReader(reader).getAsJsonObject();
  }

  private static FloatMatrix matrix(JsonArray rows) {
    return FloatMatrix.of(
        rows.asList().stream().map(row -> floats(row.getAsJsonArray())).toArray(float[][]::new));
  }

  private static float[] floats(JsonArray values) {
    float[] out = new float[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.get(i).getAsFloat();
    }
    return out;
  }

  private static AnchorSelfAttention attention(long seed) {
    return AnchorSelfAttention.of(
        M, GOLDEN.get("width").getAsInt(), GOLDEN.get("heads").getAsInt(), seed);
  }

  private static FloatMatrix rows(JsonObject golden, String name) {
    return FloatMatrix.wrap(R.rows(), M, floats(golden.getAsJsonArray(name)));
  }

  private static void equalsPyTorch(BlockProbe probe, JsonObject golden) {
    golden
        .getAsJsonObject("parameters")
        .asMap()
        .forEach((name, p) -> set(probe.parameter(name), floats(p.getAsJsonArray())));
    assertClose(rows(golden, "output"), probe.forward(R, false), 2e-6);
    assertClose(rows(golden, "output"), probe.forward(R, true), 2e-6);
    assertClose(rows(golden, "gradient"), probe.gradient(R, WEIGHTS), 1e-5);
    golden
        .getAsJsonObject("gradients")
        .asMap()
        .forEach(
            (name, g) ->
                assertArrayEquals(
                    floats(g.getAsJsonArray()),
                    probe.parameterGradient(name).toFloatArray(),
                    2e-5f,
                    name));
  }

  private static void set(NDArray parameter, float[] values) {
    try (NDArray from = parameter.getManager().create(values, parameter.getShape())) {
      from.copyTo(parameter);
    }
  }

  @Test
  void selfAttentionEqualsPyTorch() {
    try (var probe = new BlockProbe(attention(1), M)) {
      equalsPyTorch(probe, GOLDEN.getAsJsonObject("self_attention"));
    }
  }

  @Test
  void attentionToRelativeAnchorsEqualsPyTorch() {
    try (var probe = new BlockProbe(AnchorValues.relative(PROJECTION, ANCHORS), M)) {
      equalsPyTorch(probe, GOLDEN.getAsJsonObject("relative_anchors"));
    }
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    try (var self = new BlockProbe(attention(2), M);
        var relative = new BlockProbe(AnchorValues.relative(PROJECTION, ANCHORS), M)) {
      for (BlockProbe probe : new BlockProbe[] {self, relative}) {
        FloatMatrix expected =
            BlockProbe.differences(r -> probe.forward(r, false), R, WEIGHTS, 3e-3);
        assertClose(expected, probe.gradient(R, WEIGHTS), 5e-3);
      }
    }
  }

  // One value of each parameter, nudged.
  @Test
  void gradientsOfParametersAreThoseOfFiniteDifferences() {
    try (var probe = new BlockProbe(attention(2), M)) {
      probe.gradient(R, WEIGHTS);
      eachParameter(probe);
    }
  }

  private static void eachParameter(BlockProbe probe) {
    for (String name :
        GOLDEN.getAsJsonObject("self_attention").getAsJsonObject("parameters").keySet()) {
      NDArray parameter = probe.parameter(name);
      float[] values = parameter.toFloatArray();
      int at = new Random(7).nextInt(values.length);
      double expected =
          (nudged(probe, name, values, at, 3e-3f) - nudged(probe, name, values, at, -3e-3f)) / 6e-3;
      set(parameter, values);
      assertEquals(expected, probe.parameterGradient(name).toFloatArray()[at], 5e-3, name);
    }
  }

  private static double nudged(BlockProbe probe, String name, float[] values, int at, float by) {
    float[] moved = values.clone();
    moved[at] += by;
    set(probe.parameter(name), moved);
    FloatMatrix out = probe.forward(R, false);
    double sum = 0;
    for (int i = 0; i < out.rows(); i++) {
      for (int j = 0; j < M; j++) {
        sum += (double) out.get(i, j) * WEIGHTS.get(i, j);
      }
    }
    return sum;
  }

  @Test
  void theSeedDecidesHowItStarts() {
    try (var one = new BlockProbe(attention(5), M);
        var same = new BlockProbe(attention(5), M);
        var other = new BlockProbe(attention(6), M)) {
      FloatMatrix first = one.forward(R, false);
      assertEquals(first, same.forward(R, false));
      assertNotEquals(first, other.forward(R, false));
      float[] weights = one.parameter("in_weight").toFloatArray();
      double bound = Math.sqrt(6 / 24.);
      for (float weight : weights) {
        assertEquals(0, weight, bound);
      }
      double variance = Arrays.stream(squares(weights)).average().orElseThrow();
      assertEquals(bound * bound / 3, variance, .03);
    }
  }

  private static double[] squares(float[] values) {
    double[] out = new double[values.length];
    Arrays.setAll(out, i -> (double) values[i] * values[i]);
    return out;
  }

  @Test
  void manyRowsAreMappedInBlocksAndWeightsAreSavedAndLoaded() throws Exception {
    int anchors = 200;
    FloatMatrix tall = gaussian(3, 450, anchors);
    try (var probe = new BlockProbe(AnchorSelfAttention.of(anchors, 4, 2, 0), anchors);
        NDManager manager = TensorBridge.newManager()) {
      FloatMatrix all = probe.forward(tall, false);
      assertClose(probe.forward(tall.rowRange(300, 450), false), all.rowRange(300, 450), 1e-6);
      var other = AnchorSelfAttention.of(anchors, 4, 2, 9);
      BlockProbe.load(other, manager, probe.saved());
      try (var loaded = new BlockProbe(other, anchors)) {
        assertEquals(all, loaded.forward(tall, false));
      }
    }
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused("a width that the heads divide", Kind.USAGE, () -> AnchorSelfAttention.of(3, 8, 3, 0));
    refused("among 0 anchors", Kind.USAGE, () -> AnchorSelfAttention.of(0, 8, 2, 0));
    refused(
        "anchors (4, 4) are not those of a projection onto (5, 4)",
        Kind.BAD_INPUT,
        () -> AnchorValues.relative(PROJECTION, ANCHORS.rowRange(0, 4)));
    try (var probe = new BlockProbe(attention(0), M)) {
      refused(
          "cannot attend among 5", Kind.BAD_INPUT, () -> probe.forward(gaussian(1, 2, 4), true));
    }
  }
}
