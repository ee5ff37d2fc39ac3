// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("processor")
final class SpaceMeasureTest {
  // 60 samples, 6 wide; Y is a distorted X, so that no measure is at an end of its range.
  private static final FloatMatrix X = stretched(gaussian(1, 60, 6));
  private static final FloatMatrix Y = map(times(X, gaussian(2, 6, 6)), v -> Math.tanh(v) + .2);
  // Values are float32, whose rounding of a mapped space is what the measures then see.
  private static final double ROUNDING = 2e-6;

  private static FloatMatrix stretched(FloatMatrix x) {
    return Matrices.of(x.rows(), x.columns(), (i, j) -> x.get(i, j) * (1 + j) / 2);
  }

  static Stream<SpaceMeasure> all() {
    return Stream.of(MeasureKind.values()).map(SpaceMeasure::of);
  }

  static Stream<SpaceMeasure> loops() {
    return all().filter(m -> !NO_LOOP.contains(m.kind()));
  }

  private static final Set<MeasureKind> OF_AXES =
      EnumSet.of(MeasureKind.PWCCA, MeasureKind.HARD_MATCH, MeasureKind.SOFT_MATCH);

  private static final Set<MeasureKind> NO_LOOP =
      EnumSet.of(
          MeasureKind.CKNNA,
          MeasureKind.CKA_MINIBATCH,
          MeasureKind.RSA_SPEARMAN,
          MeasureKind.SVCCA,
          MeasureKind.PWCCA,
          MeasureKind.MEAN_CCA,
          MeasureKind.PROCRUSTES,
          MeasureKind.PROCRUSTES_SIZE,
          MeasureKind.PROCRUSTES_ANGULAR,
          MeasureKind.LINEAR_R2,
          MeasureKind.LINEAR_R2_BACK,
          MeasureKind.HARD_MATCH,
          MeasureKind.SOFT_MATCH,
          MeasureKind.EIGENSPACE_OVERLAP,
          MeasureKind.GULP,
          MeasureKind.IMD,
          MeasureKind.RTD,
          MeasureKind.GEOMETRY_SCORE,
          MeasureKind.AGREEMENT,
          MeasureKind.JENSEN_SHANNON);

  @ParameterizedTest
  @MethodSource("loops")
  void equalsTheDoubleLoop(SpaceMeasure measure) {
    assertEquals(NaiveMeasures.of(measure, X, Y), measure.of(X, Y), 1e-9);
  }

  // More rows than two blocks of any of the loops, and not a multiple of them.
  @ParameterizedTest
  @EnumSource(names = {"CKA", "CKA_UNBIASED", "CKA_RBF", "DCOR", "DCOR_UNBIASED", "RSA", "MRR"})
  void blocksOfRowsMakeNoDifference(MeasureKind kind) {
    FloatMatrix x = gaussian(3, kind == MeasureKind.MRR ? 600 : 2100, 3);
    FloatMatrix y = shift(map(x, v -> v * Math.abs(v)), FloatMatrix.of(1, 3, 5, -1, 0), 1);
    SpaceMeasure measure = SpaceMeasure.of(kind);
    assertEquals(NaiveMeasures.of(measure, x, y), measure.of(x, y), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSpaceIsAsNearAsCanBeToItself(SpaceMeasure measure) {
    double expected = measure.kind().isDistance() ? 0 : 1;
    // A distance is the root of a difference that rounds to 1e-15 of the squared size.
    if (measure.kind() == MeasureKind.JACCARD || measure.kind() == MeasureKind.MRR) {
      assertEquals(1, measure.of(X, X));
    } else {
      assertEquals(expected, measure.of(X, X), 1e-6);
    }
    assertTrue(Math.abs(measure.of(X, Y) - expected) > .01, measure.id());
  }

  @ParameterizedTest
  @MethodSource("all")
  void symmetricOnesDoNotMindTheOrder(SpaceMeasure measure) {
    double difference = measure.of(X, Y) - measure.of(Y, X);
    boolean symmetric = measure.kind().isSymmetric();
    assertTrue(symmetric ? Math.abs(difference) < 1e-9 : Math.abs(difference) > 1e-6, measure.id());
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatRotatesOneSpaceAlone(SpaceMeasure measure) {
    boolean invariant = !measure.kind().needsSharedFrame();
    // The weights of PWCCA are sums of absolute coordinates, of X here.
    invariant &= !OF_AXES.contains(measure.kind());
    assertChange(measure, times(X, rotation(4, 6)), Y, invariant);
    if (measure.kind() == MeasureKind.PWCCA) {
      assertChange(measure, X, times(Y, rotation(4, 6)), true);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatScalesOneSpaceAlone(SpaceMeasure measure) {
    boolean invariant =
        !EnumSet.of(
                MeasureKind.L1,
                MeasureKind.L2,
                MeasureKind.PROCRUSTES_SIZE,
                MeasureKind.JENSEN_SHANNON)
            .contains(measure.kind());
    assertChange(measure, map(X, v -> 4 * v), Y, invariant);
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatMovesOneSpaceAlone(SpaceMeasure measure) {
    boolean cosines =
        measure.kind().countsNeighbors()
            || Set.of("rsa", "rsa-spearman", "rsa-kendall").contains(measure.id());
    boolean origin = cosines || measure.kind() == MeasureKind.EIGENSPACE_OVERLAP;
    boolean invariant = !measure.kind().needsSharedFrame() && !origin;
    assertChange(measure, shift(X, FloatMatrix.of(1, 6, 1, 2, 3, 0, -1, 2), 1), Y, invariant);
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatAnInvertibleMapChanges(SpaceMeasure measure) {
    // SVCCA keeps what holds the variance, which such a map moves about.
    boolean invariant =
        EnumSet.of(MeasureKind.MEAN_CCA, MeasureKind.LINEAR_R2, MeasureKind.EIGENSPACE_OVERLAP)
            .contains(measure.kind());
    assertChange(measure, times(X, gaussian(5, 6, 6)), Y, invariant);
    assertChange(new SpaceMeasure(MeasureKind.SVCCA, 1), times(X, gaussian(5, 6, 6)), Y, true);
    assertChange(new SpaceMeasure(MeasureKind.GULP, 0), times(X, gaussian(5, 6, 6)), Y, true);
  }

  private static void assertChange(
      SpaceMeasure measure, FloatMatrix x, FloatMatrix y, boolean invariant) {
    double change = Math.abs(measure.of(x, y) - measure.of(X, Y));
    // Sums over minibatches and kernels see the rounding most; a real change is far larger.
    assertTrue(invariant ? change < ROUNDING : change > 1e-4, measure.id() + " by " + change);
  }

  @Test
  void aRotatedScaledAndMovedSpaceHasTheSameShape() {
    FloatMatrix moved = map(times(X, rotation(6, 6)), v -> 3 * v + 2);
    assertEquals(0, measure("procrustes").of(X, moved), 1e-5);
    assertEquals(0, measure("procrustes-angular").of(X, moved), 1e-5);
    assertTrue(measure("procrustes-size").of(X, moved) > 1);
    assertTrue(measure("procrustes").of(X, Y) > .1);
  }

  @Test
  void aSpaceFilledUpWithZerosIsTheSameShape() {
    FloatMatrix wide = Matrices.of(60, 9, (i, j) -> j < 6 ? X.get(i, j) : 0);
    assertEquals(0, measure("procrustes-size").of(X, wide), 1e-5);
    assertEquals(1, measure("cka").of(X, wide), 1e-9);
  }

  @Test
  void noMoreSamplesThanDimensionsAreAllCanonicallyCorrelated() {
    FloatMatrix x = gaussian(7, 5, 8);
    FloatMatrix y = gaussian(8, 5, 8);
    for (String id : List.of("mean-cca", "pwcca", "svcca")) {
      assertEquals(1, measure(id).of(x, y), 1e-9);
    }
  }

  @Test
  void linearMapsExplainEverythingWithNoMoreSamplesThanDimensions() {
    FloatMatrix x = gaussian(7, 5, 8);
    FloatMatrix y = gaussian(8, 5, 8);
    for (String id : List.of("linear-r2", "linear-r2-back", "eigenspace-overlap")) {
      assertEquals(1, measure(id).of(x, y), 1e-9);
    }
  }

  @Test
  void theAssignmentIsTheBestOfAll() {
    double[][] values = {{3, 8, 2, 1}, {4, 9, 1, 0}, {5, 8, 3, 7}};
    assertArrayEquals(new int[] {1, 0, 3}, Assignment.best(values)); // as SciPy's, worth 19
    assertArrayEquals(new int[] {1}, Assignment.best(new double[][] {{-2, -1, -1.5}}));
  }

  @Test
  void tooManyAxesForAnAssignmentAreRefused() {
    FloatMatrix wide = gaussian(3, 4, 2049);
    refused(
        "hard-match pairs at most 2048 axes but got 2049",
        Kind.BAD_INPUT,
        () -> measure("hard-match").of(X.rowRange(0, 4), wide));
    assertTrue(measure("soft-match").of(X.rowRange(0, 4), wide) > 0);
  }

  // Of certain answers the divergence is the share that differ; of logarithms it is that of the
  // probabilities.
  @Test
  void classScoresAreComparedAsAnswers() {
    FloatMatrix a = FloatMatrix.of(3, 2, 90, 0, 90, 0, 0, 90);
    FloatMatrix b = FloatMatrix.of(3, 2, 80, 0, 0, 80, 0, 80);
    assertEquals(2 / 3., measure("agreement").of(a, b), 1e-12);
    assertEquals(1 / 3., measure("jensen-shannon").of(a, b), 1e-12);
    FloatMatrix p = map(FloatMatrix.of(1, 2, .5f, .5f), Math::log);
    FloatMatrix q = map(FloatMatrix.of(1, 2, .25f, .75f), Math::log);
    assertEquals(0.048794940695398636, measure("jensen-shannon").of(p, q), 1e-7);
  }

  @Test
  void equallyNearRowsCountInTheirOrder() {
    FloatMatrix same = Matrices.of(30, 4, (i, j) -> 1 + j);
    // Everything is its own and everybody's neighbor, so ranks are row numbers.
    double ranks = 0;
    for (int i = 1; i <= 10; i++) {
      ranks += 1.0 / i / 30;
    }
    assertEquals(ranks, measure("mrr").of(same, same), 1e-12);
    FloatMatrix other = Matrices.of(30, 4, (i, j) -> 5 - j);
    assertEquals(1, measure("jaccard").of(other, same));
  }

  @Test
  void zeroVectorsHaveCosineZero() {
    FloatMatrix x = Matrices.of(20, 3, (i, j) -> i % 4 == 0 ? 0 : Math.sin(i * 3 + j));
    FloatMatrix y = Matrices.of(20, 3, (i, j) -> i % 5 == 0 ? 0 : Math.cos(i * 2 + j));
    for (String id : List.of("cosine", "rsa", "mrr", "jaccard", "mutual-knn", "rsa-kendall")) {
      SpaceMeasure measure = measure(id);
      assertEquals(NaiveMeasures.of(measure, x, y), measure.of(x, y), 1e-9, id);
    }
  }

  private static SpaceMeasure measure(String id) {
    return SpaceMeasure.named(id, 10);
  }

  @Test
  void namesFindTheirMeasures() {
    all().forEach(m -> assertEquals(m, measure(m.id())));
    assertEquals("jaccard@5", SpaceMeasure.named("jaccard@5", 10).id());
    assertEquals("mrr@3", SpaceMeasure.named("mrr", 3).id());
    refused("no measure 'ckaa'; did you mean 'cka'?", Kind.USAGE, () -> measure("ckaa"));
    for (String name : List.of("cka@3", "mrr@", "mrr@x", "mrr@-1")) {
      refused("as in jaccard@5", Kind.USAGE, () -> measure(name));
    }
    refused("k from 1", Kind.USAGE, () -> measure("mrr@0"));
    refused("cknna k from 2", Kind.USAGE, () -> measure("cknna@1"));
    refused("a share up to 1", Kind.USAGE, () -> new SpaceMeasure(MeasureKind.SVCCA, 1.5));
    refused("a lambda from 0", Kind.USAGE, () -> new SpaceMeasure(MeasureKind.GULP, -1));
    refused("batch from 4", Kind.USAGE, () -> new SpaceMeasure(MeasureKind.CKA_MINIBATCH, 3));
    refused("measure 'cka'", Kind.USAGE, () -> new SpaceMeasure(MeasureKind.CKA, 2));
  }

  @ParameterizedTest
  @MethodSource("all")
  void badSpacesAreRefused(SpaceMeasure measure) {
    FloatMatrix hole = map(Y, v -> v == Y.get(3, 2) ? Double.NaN : v);
    refused("row 3 of the second space", Kind.BAD_INPUT, () -> measure.of(X, hole));
    refused("row 3 of the first space", Kind.BAD_INPUT, () -> measure.of(hole, X));
    FloatMatrix fewer = Y.rowRange(0, 59);
    refused("got 60 and 59 rows", Kind.BAD_INPUT, () -> measure.of(X, fewer));
    FloatMatrix empty = X.rowRange(0, 0);
    refused(measure.id() + " needs at least", Kind.BAD_INPUT, () -> measure.of(empty, empty));
  }

  @ParameterizedTest
  @MethodSource("all")
  void oneSampleIsRefusedOrDefined(SpaceMeasure measure) {
    FloatMatrix one = X.rowRange(0, 1);
    if (measure.kind().needsSharedFrame() && !measure.kind().countsNeighbors()) {
      assertEquals(measure.kind().isDistance() ? 0 : 1, measure.of(one, one), 1e-12);
    } else {
      refused(measure.id() + " needs at least", Kind.BAD_INPUT, () -> measure.of(one, one));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void constantSpacesAreRefusedOrDefined(SpaceMeasure measure) {
    FloatMatrix constant = Matrices.of(60, 6, (i, j) -> .1 + j);
    if (measure.kind().needsSharedFrame() || measure.kind() == MeasureKind.MUTUAL_KNN) {
      assertTrue(Double.isFinite(measure.of(X, constant)));
    } else if (measure.kind() != MeasureKind.CKNNA) {
      refused("all 60 vectors of the second space", Kind.BAD_INPUT, () -> measure.of(X, constant));
      refused("all 60 vectors of the first space", Kind.BAD_INPUT, () -> measure.of(constant, X));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void constantColumnsDoNoHarm(SpaceMeasure measure) {
    FloatMatrix y = Matrices.of(60, 6, (i, j) -> j < 2 ? 7.1 : Y.get(i, j));
    assertTrue(Double.isFinite(measure.of(X, y)), measure.id());
  }

  @Test
  void parallelVectorsHaveNoDissimilarities() {
    FloatMatrix line = Matrices.of(20, 3, (i, j) -> (i + 1) * (j + 1) * .1);
    for (String id : List.of("rsa", "rsa-spearman", "rsa-kendall")) {
      refused("is undefined", Kind.BAD_INPUT, () -> measure(id).of(X.rowRange(0, 20), line));
    }
  }

  @Test
  void duplicatesThatLeaveNoBandwidthAreRefused() {
    FloatMatrix most = Matrices.of(20, 3, (i, j) -> i == 0 ? 1 : 0);
    refused(
        "drop the duplicates",
        Kind.BAD_INPUT,
        () -> measure("cka-rbf").of(X.rowRange(0, 20), most));
    refused("rtd is undefined", Kind.BAD_INPUT, () -> measure("rtd").of(X.rowRange(0, 20), most));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jaccard", "mrr", "cosine", "l1", "l2", "agreement"})
  void coordinatesNeedEqualWidths(String id) {
    FloatMatrix narrow = gaussian(9, 60, 5);
    refused("equal widths but got 6 and 5", Kind.BAD_INPUT, () -> measure(id).of(X, narrow));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jaccard@61", "mrr@61", "mutual-knn@60", "cknna@60"})
  void moreNeighborsThanSamplesAreRefused(String id) {
    refused("samples but got 60; lower k", Kind.BAD_INPUT, () -> measure(id).of(X, Y));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-spearman", "rsa-kendall", "imd", "rtd", "geometry-score"})
  void slowMeasuresSayWhenThereAreTooManySamples(String id) {
    FloatMatrix many = gaussian(10, 2001, 2);
    refused("samples but got 2001", Kind.BAD_INPUT, () -> measure(id).of(many, many));
  }
}
