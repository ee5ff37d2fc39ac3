// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.cluster.Linkage;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RelativePipelineBlockTest {
  private static final FloatMatrix X = gaussian(3, 7, 8);
  private static final List<Integer> CLASSES = List.of(1, 0, 1, 1, 0, 1);
  private static final RelativePipeline COSINE =
      RelativePipeline.of(Similarity.cosine(), Centering.ANCHORS);

  private static AnchoredSpace space(long seed) {
    return new AnchoredSpace(gaussian(seed, 6, 8), gaussian(seed + 1, 60, 8));
  }

  static Stream<RelativePipeline> pipelines() {
    var mahalanobis = Similarity.of(Similarity.Kind.MAHALANOBIS);
    return Stream.of(
        COSINE,
        COSINE.withSubspaces(4).withNorm(OutputNorm.L2),
        COSINE.withRelative(Quantization.smoothSteps(0.5)).withNorm(OutputNorm.LAYER),
        COSINE.withAggregation(new Aggregation(CLASSES, 2)).withNorm(OutputNorm.INSTANCE),
        COSINE.withNorm(OutputNorm.BATCH),
        COSINE.withAbsolute(Quantization.clusters(0.3, Linkage.AVERAGE)),
        RelativePipeline.of(mahalanobis, Centering.DATA).withSubspaces(2));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void equalsTheHeapAlsoAfterSavingAndLoading(RelativePipeline pipeline) throws Exception {
    var fitted = pipeline.over(space(1));
    var block = RelativePipelineBlock.of(fitted);
    FloatMatrix expected = fitted.apply(X);
    Shape[] out = block.getOutputShapes(new Shape[] {new Shape(7, 8)});
    assertEquals(new Shape(7, expected.columns()), out[0]);
    try (var probe = new BlockProbe(block, 8);
        NDManager manager = TensorBridge.newManager()) {
      assertEquals(expected, probe.forward(X, false));
      assertTrue(block.getParameters().values().stream().noneMatch(p -> p.requiresGradient()));
      var other = RelativePipelineBlock.of(pipeline.over(space(40)));
      BlockProbe.load(other, manager, probe.saved());
      try (var loaded = new BlockProbe(other, 8)) {
        assertEquals(expected, loaded.forward(X, false));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void gradientsAreFiniteDifferences(RelativePipeline pipeline) {
    boolean batch = pipeline.norm() == OutputNorm.BATCH;
    // While a batch norm is trained it is an instance norm.
    var control = batch ? pipeline.withNorm(OutputNorm.INSTANCE) : pipeline;
    var fitted = control.over(space(1));
    FloatMatrix weights = gaussian(9, 7, fitted.outputWidth());
    try (var probe = new BlockProbe(RelativePipelineBlock.of(pipeline.over(space(1))), 8)) {
      // Float32 rounding over twice the step, some 1e-6 / 4e-3 times a dozen summands.
      assertClose(
          BlockProbe.differences(fitted::apply, X, weights, 2e-3),
          probe.gradient(X, weights),
          1e-2);
    }
  }

  @Test
  void gradientPassesStraightThroughRounding() {
    FloatMatrix weights = gaussian(9, 7, 6);
    var plain = RelativePipelineBlock.of(COSINE.over(space(1)));
    var rounded =
        RelativePipelineBlock.of(COSINE.withRelative(Quantization.round(0.5)).over(space(1)));
    try (var one = new BlockProbe(plain, 8);
        var two = new BlockProbe(rounded, 8)) {
      assertEquals(one.gradient(X, weights), two.gradient(X, weights));
      FloatMatrix values = two.forward(X, true);
      assertEquals(values, Matrices.map(values, v -> Math.rint(v * 2) / 2));
    }
  }

  @Test
  void eachTrainingStepSeesOtherAnchors() {
    var draw = AnchorDraw.uniform(3, 2);
    var fitted = COSINE.withDraw(draw).over(space(1));
    FloatMatrix all = COSINE.over(space(1)).apply(X);
    try (var probe = new BlockProbe(RelativePipelineBlock.of(fitted), 8)) {
      for (int step = 0; step < 5; step++) {
        int[] drawn = draw.at(step, 6);
        FloatMatrix expected = Matrices.of(7, 3, (i, j) -> all.get(i, drawn[j]));
        assertClose(expected, probe.forward(X, true), 1e-6);
      }
      FloatMatrix first = probe.forward(X, false);
      assertEquals(first, probe.forward(X, false));
      assertNotEquals(first, probe.forward(X, true));
    }
  }

  @Test
  void meansOfClassesAreOverTheDrawnAnchors() {
    var draw = AnchorDraw.stratified(2, CLASSES, 3);
    var pipeline = COSINE.withAggregation(Aggregation.byClass(CLASSES)).withDraw(draw);
    FloatMatrix all = COSINE.over(space(1)).apply(X);
    try (var probe = new BlockProbe(RelativePipelineBlock.of(pipeline.over(space(1))), 8)) {
      int[] drawn = draw.at(0, 6);
      FloatMatrix expected =
          Matrices.of(
              7, 2, (i, j) -> (all.get(i, drawn[2 * j]) + all.get(i, drawn[2 * j + 1])) / 2);
      assertClose(expected, probe.forward(X, true), 1e-6);
    }
  }

  @Test
  void statisticsFollowTheBatches() {
    var fitted = COSINE.withNorm(OutputNorm.BATCH).over(space(1));
    FloatMatrix r = COSINE.over(space(1)).apply(X);
    try (var probe = new BlockProbe(RelativePipelineBlock.of(fitted), 8)) {
      FloatMatrix before = TensorBridge.toMatrix(probe.parameter("fitted_2"));
      assertClose(OutputNorm.INSTANCE.apply(r), probe.forward(X, true), 1e-5);
      FloatMatrix mean = Matrices.meanRow(r);
      FloatMatrix expected =
          Matrices.of(1, 6, (i, j) -> 0.9 * before.get(0, j) + 0.1 * mean.get(0, j));
      assertClose(expected, TensorBridge.toMatrix(probe.parameter("fitted_2")), 1e-6);
      // A batch of one has no spread; it takes the statistics as they are.
      assertClose(
          probe.forward(X.rowRange(0, 1), false), probe.forward(X.rowRange(0, 1), true), 1e-6);
    }
  }

  @Test
  void tallBatchesAreMappedInBlocks() {
    FloatMatrix tall = gaussian(5, 5000, 8);
    var fitted = COSINE.withSubspaces(2).withNorm(OutputNorm.LAYER).over(space(1));
    try (var probe = new BlockProbe(RelativePipelineBlock.of(fitted), 8)) {
      assertClose(fitted.apply(tall), probe.forward(tall, false), 1e-6);
      refused("vectors are 3 wide", Kind.BAD_INPUT, () -> probe.forward(gaussian(6, 2, 3), true));
    }
  }
}
