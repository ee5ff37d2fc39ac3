// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.difference;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.relative.InvarianceProduct.Merge;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class InvarianceProductTest {
  private static final AnchoredSpace SPACE =
      new AnchoredSpace(gaussian(1, 6, 8), gaussian(2, 60, 8));
  private static final FloatMatrix X = gaussian(3, 7, 8);

  private static InvarianceProduct product(Merge merge) {
    return InvarianceProduct.of(Centering.ANCHORS, merge);
  }

  private static List<FloatMatrix> normalised() {
    return product(Merge.SUM).similarities().stream()
        .map(s -> NaiveRelative.apply(X, SPACE.anchors(), s, Centering.ANCHORS))
        .map(PipelineStepsTest::byRow)
        .toList();
  }

  /** The K representations of one vector, weighted and summed. */
  private static FloatMatrix weighted(double... shares) {
    List<FloatMatrix> parts = normalised();
    return Matrices.of(
        7,
        6,
        (i, j) -> {
          double sum = 0;
          for (int k = 0; k < 4; k++) {
            sum += shares[k] * parts.get(k).get(i, j);
          }
          return sum;
        });
  }

  @Test
  void sideBySideAndSummedAreTheirDefinitions() {
    List<FloatMatrix> parts = normalised();
    FloatMatrix all = Matrices.of(7, 24, (i, j) -> parts.get(j / 6).get(i, j % 6));
    assertClose(all, product(Merge.CONCAT).over(SPACE).apply(X), 2e-5);
    assertClose(weighted(1, 1, 1, 1), product(Merge.SUM).over(SPACE).apply(X), 5e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Merge.class,
      names = {"CONCAT", "SUM"})
  void blockEqualsTheHeap(Merge merge) {
    var fitted = product(merge).over(SPACE);
    var block = InvarianceBlock.of(fitted);
    FloatMatrix tall = gaussian(4, 5000, 8);
    Shape[] out = block.getOutputShapes(new Shape[] {new Shape(7, 8)});
    assertEquals(new Shape(7, fitted.outputWidth()), out[0]);
    try (var probe = new BlockProbe(block, 8)) {
      assertClose(fitted.apply(tall), probe.forward(tall, false), 1e-5);
    }
  }

  @Test
  void learnedWeightsStartEqualAndAreASoftmax() {
    try (var probe = new BlockProbe(InvarianceBlock.of(product(Merge.WEIGHTS).over(SPACE)), 8)) {
      assertClose(weighted(.25, .25, .25, .25), probe.forward(X, false), 2e-5);
      double[] logits = {1, -1, 0.5, 0};
      var logarithms = probe.parameter("weights");
      logarithms.addi(logarithms.getManager().create(new float[] {1, -1, 0.5f, 0}));
      double sum = DoubleStream.of(logits).map(Math::exp).sum();
      double[] shares = DoubleStream.of(logits).map(v -> Math.exp(v) / sum).toArray();
      assertClose(weighted(shares), probe.forward(X, false), 2e-5);
      assertClose(weighted(shares), probe.forward(X, true), 2e-5);
    }
  }

  @Test
  void attentionIsTheFormula() {
    try (var probe = new BlockProbe(InvarianceBlock.of(product(Merge.ATTENTION).over(SPACE)), 8)) {
      FloatMatrix q = TensorBridge.toMatrix(probe.parameter("query"));
      FloatMatrix k = TensorBridge.toMatrix(probe.parameter("key"));
      FloatMatrix v = TensorBridge.toMatrix(probe.parameter("value"));
      List<FloatMatrix> parts = normalised();
      float[][] expected = new float[7][];
      for (int i = 0; i < 7; i++) {
        int row = i;
        FloatMatrix tokens = Matrices.of(4, 6, (t, j) -> parts.get(t).get(row, j));
        FloatMatrix scores = times(times(tokens, q), transposed(times(tokens, k)));
        FloatMatrix shares =
            Matrices.of(4, 4, (s, t) -> softmax(doubles(scores, s), Math.sqrt(6))[t]);
        FloatMatrix mixed = times(shares, times(tokens, v));
        expected[i] = Matrices.map(Matrices.meanRow(mixed), m -> 4 * m).row(0);
      }
      assertClose(FloatMatrix.of(expected), probe.forward(X, false), 1e-4);
    }
  }

  private static double[] softmax(double[] scores, double scale) {
    double sum = DoubleStream.of(scores).map(s -> Math.exp(s / scale)).sum();
    return DoubleStream.of(scores).map(s -> Math.exp(s / scale) / sum).toArray();
  }

  @ParameterizedTest
  @EnumSource(Merge.class)
  void gradientsReachInputAndWhatIsLearned(Merge merge) {
    var fitted = product(merge).over(SPACE);
    FloatMatrix weights = gaussian(5, 7, fitted.outputWidth());
    try (var probe = new BlockProbe(InvarianceBlock.of(fitted), 8)) {
      FloatMatrix found = probe.gradient(X, weights);
      // Rounding over twice the step; layer norms of few anchors are steep.
      assertClose(
          BlockProbe.differences(x -> probe.forward(x, false), X, weights, 4e-3), found, 3e-2);
      if (merge == Merge.WEIGHTS) {
        assertTrue(probe.parameterGradient("weights").abs().sum().getFloat() > 1e-3);
      }
      if (merge == Merge.ATTENTION) {
        for (String name : List.of("query", "key", "value")) {
          assertTrue(probe.parameterGradient(name).abs().sum().getFloat() > 1e-3, name);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Merge.class)
  void savedBlocksAreLoaded(Merge merge) throws Exception {
    try (var probe = new BlockProbe(InvarianceBlock.of(product(merge).over(SPACE)), 8);
        NDManager manager = TensorBridge.newManager()) {
      var space = new AnchoredSpace(gaussian(11, 6, 8), gaussian(12, 60, 8));
      var other = InvarianceBlock.of(product(merge).over(space));
      BlockProbe.load(other, manager, probe.saved());
      try (var loaded = new BlockProbe(other, 8)) {
        assertEquals(probe.forward(X, false), loaded.forward(X, false));
      }
    }
  }

  @Test
  void productIsInvariantToWhatAllItsPartsAre() {
    var rigid = product(Merge.SUM);
    FloatMatrix q = rotation(6, 8);
    var turned = new AnchoredSpace(times(SPACE.anchors(), q), times(SPACE.data(), q));
    var scaled = new AnchoredSpace(tripled(SPACE.anchors()), tripled(SPACE.data()));
    FloatMatrix r = rigid.over(SPACE).apply(X);
    // The layer norm takes out the scale of distances; Manhattan and Chebyshev see a rotation.
    assertClose(r, rigid.over(scaled).apply(tripled(X)), 2e-4);
    assertTrue(difference(r, rigid.over(turned).apply(times(X, q))) > 0.1);
    var round =
        new InvarianceProduct(
            List.of(Similarity.cosine(), Similarity.of(Similarity.Kind.EUCLIDEAN)),
            Centering.ANCHORS,
            Merge.CONCAT);
    assertClose(round.over(SPACE).apply(X), round.over(turned).apply(times(X, q)), 5e-5);
  }

  private static FloatMatrix tripled(FloatMatrix x) {
    return Matrices.map(x, v -> 3 * v);
  }

  @Test
  void whatCannotBeMergedIsRefused() {
    refused(
        "at least 1 similarity",
        Kind.USAGE,
        () -> new InvarianceProduct(List.of(), Centering.NONE, Merge.SUM));
    var one = new AnchoredSpace(gaussian(7, 1, 8), X);
    refused("needs at least 2", Kind.BAD_INPUT, () -> product(Merge.SUM).over(one));
    FloatMatrix nan = Matrices.of(2, 8, (i, j) -> i == 1 ? Double.NaN : 1);
    var sum = product(Merge.SUM).over(SPACE);
    refused("vector 1 has a value", Kind.BAD_INPUT, () -> sum.apply(nan));
    refused("vectors are 3 wide", Kind.BAD_INPUT, () -> sum.apply(gaussian(8, 2, 3)));
    var learned = product(Merge.WEIGHTS).over(SPACE);
    refused("is learned", Kind.USAGE, () -> learned.apply(X));
  }
}
