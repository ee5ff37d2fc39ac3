// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.cluster.Linkage;
import io.github.djlstitch.core.internal.cluster.Agglomeration;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.relative.Quantization.Mode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantizationTest {
  private static final GoldenFile GOLDEN = GoldenFile.named("clusters.json");
  private static final FloatMatrix POINTS = GOLDEN.matrix("x");

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "round:0.1", "smooth-steps:0.25", "clusters:1.5", "clusters:2.0:average"})
  void aQuantizationIsReadAsItIsWritten(String text) {
    assertEquals(text, Quantization.parse(text).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "round", "none:1", "round:x", "round:1:ward", "clusters:1:single"})
  void anyOtherTextIsRefused(String text) {
    refused("no quantization '" + text + "'", Kind.USAGE, () -> Quantization.parse(text));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.25, 0.3})
  void roundingIsToTheNearestMultiple(double bin) {
    FloatMatrix x = gaussian(1, 50, 3);
    assertClose(
        Matrices.map(x, v -> Math.rint(v / bin) * bin), Quantization.round(bin).apply(x), 1e-6);
  }

  @Test
  void halvesGoToTheEvenNeighbor() {
    FloatMatrix halves = FloatMatrix.of(1, 4, 0.5f, 1.5f, -0.5f, 2.5f);
    assertClose(FloatMatrix.of(1, 4, 0, 2, 0, 2), Quantization.round(1).apply(halves), 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5})
  void smoothStepsAreTheFormula(double bin) {
    FloatMatrix x = gaussian(2, 20, 3);
    assertClose(
        Matrices.map(x, v -> v - bin * Math.sin(2 * Math.PI * v / bin) / (2 * Math.PI)),
        Quantization.smoothSteps(bin).apply(x),
        1e-6);
  }

  @Test
  void gradientOfRoundingPassesStraightThrough() {
    FloatMatrix weights = gaussian(4, 5, 3);
    assertEquals(weights, gradient(Quantization.round(0.25), gaussian(3, 5, 3), weights));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"SMOOTH_STEPS", "CLUSTERS"})
  void otherGradientsAreFiniteDifferences(Mode mode) {
    // Points far from a change of clusters.
    FloatMatrix x = Matrices.of(6, 2, (i, j) -> (i % 3) * 10 + gaussian(5, 6, 2).get(i, j) / 5);
    FloatMatrix weights = gaussian(6, 6, 2);
    var quantization = new Quantization(mode, mode == Mode.CLUSTERS ? 4 : 1, Linkage.WARD);
    assertClose(
        BlockProbe.differences(quantization::apply, x, weights, 1e-2),
        gradient(quantization, x, weights),
        3e-3);
  }

  private static FloatMatrix gradient(Quantization q, FloatMatrix x, FloatMatrix weights) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray in = TensorBridge.toTensor(manager, x).duplicate();
      in.setRequiresGradient(true);
      NDArray w = TensorBridge.toTensor(manager, weights);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(q.apply(in, true).mul(w).sum());
      }
      return TensorBridge.toMatrix(in.getGradient());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WARD, 0.5", "WARD, 1.5", "WARD, 3", "WARD, 6", "WARD, 100",
    "AVERAGE, 0.5", "AVERAGE, 1.5", "AVERAGE, 3", "AVERAGE, 6", "AVERAGE, 100",
    "COMPLETE, 0.5", "COMPLETE, 1.5", "COMPLETE, 3", "COMPLETE, 6", "COMPLETE, 100"
  })
  void clustersAreThoseOfScikitLearn(Linkage linkage, String threshold) {
    int[] expected =
        GOLDEN.integers(linkage.name().toLowerCase(java.util.Locale.ROOT) + " " + threshold);
    int[] found = Agglomeration.labels(POINTS, Double.parseDouble(threshold), linkage);
    assertArrayEquals(inOrderOfAppearance(expected), found);
    FloatMatrix means = means(expected);
    var clusters = Quantization.clusters(Double.parseDouble(threshold), linkage);
    assertClose(means, clusters.apply(POINTS), 1e-6);
  }

  private static int[] inOrderOfAppearance(int[] labels) {
    Map<Integer, Integer> seen = new HashMap<>();
    return IntStream.of(labels)
        .map(
            label -> {
              seen.putIfAbsent(label, seen.size());
              return seen.get(label);
            })
        .toArray();
  }

  private static FloatMatrix means(int[] labels) {
    return Matrices.of(
        POINTS.rows(),
        POINTS.columns(),
        (i, j) ->
            IntStream.range(0, labels.length)
                .filter(k -> labels[k] == labels[i])
                .mapToDouble(k -> POINTS.get(k, j))
                .average()
                .orElseThrow());
  }

  @Test
  void clustersDoNotDependOnTheOrderOfVectors() {
    int[] order = IntStream.range(0, 40).map(i -> i * 7 % 40).toArray();
    var clusters = Quantization.clusters(3, Linkage.AVERAGE);
    assertClose(clusters.apply(POINTS).select(order), clusters.apply(POINTS.select(order)), 1e-6);
  }

  @Test
  void fewVectorsAndEqualVectorsAreClustersToo() {
    var clusters = Quantization.clusters(1, Linkage.WARD);
    for (int rows = 0; rows < 3; rows++) {
      FloatMatrix same = Matrices.of(rows, 2, (i, j) -> j + 1);
      assertEquals(same, clusters.apply(same));
    }
  }

  @Test
  void whatIsTooMuchOrNotFiniteIsRefused() {
    var clusters = Quantization.clusters(1, Linkage.WARD);
    FloatMatrix many = FloatMatrix.of(8193, 1, new float[8193]);
    refused("at most 8192 fit", Kind.RESOURCES, () -> clusters.apply(many));
    FloatMatrix nan = FloatMatrix.of(2, 1, 1, Float.NaN);
    refused("vector 1 has a value that is not finite", Kind.BAD_INPUT, () -> clusters.apply(nan));
  }

  @Test
  void sizeAndModeGoTogether() {
    refused(
        "size 0.5 needs a mode", Kind.USAGE, () -> new Quantization(Mode.NONE, 0.5, Linkage.WARD));
    refused("'ROUND' needs a size above 0", Kind.USAGE, () -> Quantization.round(0));
    refused("needs a size above 0", Kind.USAGE, () -> Quantization.smoothSteps(Double.NaN));
    refused("without clusters", Kind.USAGE, () -> new Quantization(Mode.ROUND, 1, Linkage.AVERAGE));
  }
}
