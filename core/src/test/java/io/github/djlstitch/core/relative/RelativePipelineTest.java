// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.cluster.Linkage;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("processor")
final class RelativePipelineTest {
  private static final FloatMatrix ANCHORS = gaussian(1, 6, 8);
  private static final FloatMatrix DATA = gaussian(2, 60, 8);
  private static final FloatMatrix X = gaussian(3, 7, 8);
  private static final AnchoredSpace SPACE = new AnchoredSpace(ANCHORS, DATA);
  private static final List<Integer> CLASSES = List.of(1, 0, 1, 1, 0, 1);
  private static final RelativePipeline COSINE =
      RelativePipeline.of(Similarity.cosine(), Centering.ANCHORS);

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void plainPipelineIsTheProjection(Similarity.Kind kind) {
    var similarity = Similarity.named(kind.id(), 1);
    assertEquals(
        SPACE.projection(similarity, Centering.DATA).apply(X),
        RelativePipeline.of(similarity, Centering.DATA).over(SPACE).apply(X));
  }

  @ParameterizedTest
  @EnumSource(Similarity.Kind.class)
  void subspacesStandSideBySide(Similarity.Kind kind) {
    var similarity = Similarity.named(kind.id(), 1);
    var fitted = RelativePipeline.of(similarity, Centering.ANCHORS).withSubspaces(2).over(SPACE);
    FloatMatrix found = fitted.apply(X);
    assertEquals(12, fitted.outputWidth());
    for (int h = 0; h < 2; h++) {
      var part = new AnchoredSpace(part(ANCHORS, h), part(DATA, h));
      FloatMatrix expected = part.projection(similarity, Centering.ANCHORS).apply(part(X, h));
      int from = 6 * h;
      assertClose(expected, Matrices.of(7, 6, (i, j) -> found.get(i, from + j)), 1e-6);
    }
  }

  private static FloatMatrix part(FloatMatrix x, int h) {
    return Matrices.of(x.rows(), 4, (i, j) -> x.get(i, 4 * h + j));
  }

  @Test
  void vectorsAndAnchorsAreRoundedBeforeTheyAreCompared() {
    FloatMatrix v =
        rounded(
            NaiveRelative.standardize(X, ANCHORS, Similarity.cosine(), Centering.ANCHORS), 0.25);
    FloatMatrix a =
        rounded(
            NaiveRelative.standardize(ANCHORS, ANCHORS, Similarity.cosine(), Centering.ANCHORS),
            0.25);
    FloatMatrix expected = Matrices.times(v, Matrices.transposed(a));
    FloatMatrix found = COSINE.withAbsolute(Quantization.round(0.25)).over(SPACE).apply(X);
    assertClose(expected, found, 1e-6);
    assertClose(
        rounded(found, 0.5),
        COSINE
            .withAbsolute(Quantization.round(0.25))
            .withRelative(Quantization.round(0.5))
            .over(SPACE)
            .apply(X),
        0);
  }

  private static FloatMatrix rounded(FloatMatrix x, double bin) {
    return Matrices.map(x, v -> Math.rint(v / bin) * bin);
  }

  @Test
  void clustersAreOfVectorsAndAnchorsTogether() {
    var quantization = Quantization.clusters(1.2, Linkage.WARD);
    var frame = SPACE.frame(Centering.ANCHORS, true);
    FloatMatrix joint =
        quantization.apply(FloatMatrix.concatRows(frame.apply(X), frame.apply(ANCHORS)));
    FloatMatrix expected =
        Matrices.times(joint.rowRange(0, 7), Matrices.transposed(joint.rowRange(7, 13)));
    var fitted = COSINE.withAbsolute(quantization).over(SPACE);
    FloatMatrix found = fitted.apply(X);
    assertClose(expected, found, 1e-6);
    assertTrue(Matrices.difference(fitted.apply(X.rowRange(0, 1)), found.rowRange(0, 1)) > 1e-3);
  }

  @Test
  void angularSimilaritiesOfRoundedVectorsAreAngles() {
    var angular = Similarity.of(Similarity.Kind.ANGULAR);
    var frame = SPACE.frame(Centering.ANCHORS, true);
    FloatMatrix v = rounded(frame.apply(X), 0.25);
    FloatMatrix a = rounded(frame.apply(ANCHORS), 0.25);
    assertClose(
        NaiveRelative.apply(v, a, angular, Centering.NONE),
        RelativePipeline.of(angular, Centering.ANCHORS)
            .withAbsolute(Quantization.round(0.25))
            .over(SPACE)
            .apply(X),
        1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void similaritiesAreAveragedOverTheAnchorsOfAClass(int groups) {
    FloatMatrix r = COSINE.over(SPACE).apply(X);
    // Column of each anchor: the anchors of a class are dealt to its groups in turn.
    int[] column = groups == 1 ? new int[] {1, 0, 1, 1, 0, 1} : new int[] {2, 0, 3, 2, 1, 3};
    FloatMatrix expected =
        Matrices.of(
            7,
            2 * groups,
            (i, j) -> {
              double sum = 0;
              int count = 0;
              for (int k = 0; k < 6; k++) {
                sum += column[k] == j ? r.get(i, k) : 0;
                count += column[k] == j ? 1 : 0;
              }
              return sum / count;
            });
    var fitted = COSINE.withAggregation(new Aggregation(CLASSES, groups)).over(SPACE);
    assertEquals(2 * groups, fitted.outputWidth());
    assertClose(expected, fitted.apply(X), 1e-6);
  }

  @Test
  void everyStepTogetherInOrder() {
    var fitted =
        COSINE
            .withSubspaces(2)
            .withAbsolute(Quantization.round(0.1))
            .withAggregation(Aggregation.byClass(CLASSES))
            .withRelative(Quantization.smoothSteps(0.5))
            .withNorm(OutputNorm.LAYER)
            .over(SPACE);
    FloatMatrix[] means = new FloatMatrix[2];
    for (int h = 0; h < 2; h++) {
      var part = new AnchoredSpace(part(ANCHORS, h), part(DATA, h));
      means[h] =
          Quantization.smoothSteps(0.5)
              .apply(
                  COSINE
                      .withAbsolute(Quantization.round(0.1))
                      .withAggregation(Aggregation.byClass(CLASSES))
                      .over(part)
                      .apply(part(X, h)));
    }
    FloatMatrix both = Matrices.of(7, 4, (i, j) -> means[j / 2].get(i, j % 2));
    assertClose(PipelineStepsTest.byRow(both), fitted.apply(X), 1e-5);
  }

  @Test
  void batchNormKnowsTheDataAndInstanceNormTheCompany() {
    FloatMatrix r = COSINE.over(SPACE).apply(DATA);
    FloatMatrix expected = OutputNorm.BATCH.apply(r);
    var batch = COSINE.withNorm(OutputNorm.BATCH).over(SPACE);
    assertClose(expected, batch.apply(DATA), 1e-5);
    assertClose(expected.rowRange(0, 1), batch.apply(DATA.rowRange(0, 1)), 1e-5);
    var instance = COSINE.withNorm(OutputNorm.INSTANCE).over(SPACE);
    assertClose(expected, instance.apply(DATA), 1e-5);
    assertTrue(
        Matrices.difference(expected.rowRange(0, 5), instance.apply(DATA.rowRange(0, 5))) > 0.1);
  }

  @Test
  void drawsOfInferenceAreThoseOfStepZeroUnlessAveraged() {
    int[] drawn = AnchorDraw.uniform(3, 5).at(0, 6);
    FloatMatrix r = COSINE.over(SPACE).apply(X);
    var some = COSINE.withDraw(AnchorDraw.uniform(3, 5)).over(SPACE);
    assertEquals(3, some.outputWidth());
    assertClose(Matrices.of(7, 3, (i, j) -> r.get(i, drawn[j])), some.apply(X), 1e-6);
    var means = COSINE.withAggregation(Aggregation.byClass(CLASSES));
    assertClose(
        means.over(SPACE).apply(X),
        means.withDraw(AnchorDraw.stratified(2, CLASSES, 5)).over(SPACE).apply(X),
        1e-6);
  }

  @Test
  void whatCannotGoTogetherIsRefused() {
    refused("0 subspaces", Kind.USAGE, () -> COSINE.withSubspaces(0));
    var three = COSINE.withSubspaces(3);
    refused("8 wide cannot be cut into 3", Kind.BAD_INPUT, () -> three.over(SPACE));
    var coordinates = RelativePipeline.of(Similarity.coordinates(1), Centering.NONE);
    var draw = AnchorDraw.uniform(2, 1);
    refused("depends on all anchors", Kind.USAGE, () -> coordinates.withDraw(draw));
    var means = COSINE.withAggregation(Aggregation.byClass(CLASSES));
    refused("need a draw from each class", Kind.USAGE, () -> means.withDraw(draw));
    var mahalanobis =
        RelativePipeline.of(Similarity.of(Similarity.Kind.MAHALANOBIS), Centering.NONE);
    var clusters = Quantization.clusters(1, Linkage.WARD);
    refused("'mahalanobis' needs", Kind.USAGE, () -> mahalanobis.withAbsolute(clusters));
    var geodesic = RelativePipeline.of(Similarity.of(Similarity.Kind.GEODESIC), Centering.NONE);
    refused("'geodesic' needs", Kind.USAGE, () -> geodesic.withAbsolute(clusters));
    var few = COSINE.withAggregation(Aggregation.byClass(List.of(0, 1)));
    refused("2 classes of anchors for 6", Kind.BAD_INPUT, () -> few.over(SPACE));
    var many = COSINE.withDraw(AnchorDraw.uniform(7, 1));
    refused("does not go with 6 anchors", Kind.BAD_INPUT, () -> many.over(SPACE));
  }

  @Test
  void badVectorsAreRefused() {
    var fitted = COSINE.over(SPACE);
    refused("vectors are 3 wide", Kind.BAD_INPUT, () -> fitted.apply(gaussian(4, 2, 3)));
    FloatMatrix nan = Matrices.of(2, 8, (i, j) -> i == 1 ? Double.NaN : 1);
    refused("vector 1 has a value that is not finite", Kind.BAD_INPUT, () -> fitted.apply(nan));
    for (OutputNorm norm : OutputNorm.values()) {
      var none = COSINE.withNorm(norm).over(SPACE).apply(FloatMatrix.of(0, 8));
      assertEquals(FloatMatrix.of(0, 6), none);
    }
  }

  @Test
  void clustersKeepUpWithSimilaritiesOfAllAnchors() {
    var clusters = Quantization.clusters(0.8, Linkage.COMPLETE);
    for (Similarity.Kind kind : Similarity.Kind.values()) {
      if (!kind.readsData()) {
        var pipeline = RelativePipeline.of(Similarity.named(kind.id(), 1), Centering.ANCHORS);
        FloatMatrix r = pipeline.withAbsolute(clusters).over(SPACE).apply(X);
        assertTrue(r.firstNonFiniteRow().isEmpty(), kind.id());
      }
    }
  }

  @Test
  void roundingForgetsDistortionsWithinABin() {
    FloatMatrix a = Matrices.map(ANCHORS, v -> Math.rint(3 * v));
    FloatMatrix x = Matrices.map(X, v -> Math.rint(3 * v));
    FloatMatrix moved = Matrices.of(7, 8, (i, j) -> x.get(i, j) + 0.49 * Math.sin(i + 3 * j));
    var inner = RelativePipeline.of(Similarity.named("inner", 0), Centering.NONE);
    var space = new AnchoredSpace(a, a);
    var rounded = inner.withAbsolute(Quantization.round(1)).over(space);
    assertEquals(inner.over(space).apply(x), rounded.apply(moved));
    assertTrue(Matrices.difference(inner.over(space).apply(x), inner.over(space).apply(moved)) > 1);
  }
}
