// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every measure of two spaces, metric of labels and of translations. */
@Tag("processor")
final class MeasureContractTest {
  private static final int N = 60;
  private static final FloatMatrix X = gaussian(1, N, 6);
  private static final FloatMatrix Y = map(times(X, gaussian(2, 6, 6)), v -> Math.tanh(v) + .2);
  private static final Set<MeasureKind> OF_AXES =
      Set.of(MeasureKind.HARD_MATCH, MeasureKind.SOFT_MATCH);
  private static final int[] ORDER = IntStream.range(0, N).map(i -> (i * 37 + 11) % N).toArray();
  private static final int[] EXPECTED = {0, 1, 2, 2, 1, 0, 0, 2, 1, 1};
  private static final int[] PREDICTED = {0, 2, 2, 2, 1, 0, 1, 2, 1, 0};

  @ParameterizedTest
  @EnumSource
  void aSpaceIsBestForItself(MeasureKind kind) {
    SpaceMeasure measure = SpaceMeasure.of(kind);
    double best = kind.isDistance() ? 0 : 1;
    assertEquals(best, measure.of(X, X), 1e-6);
    double other = measure.of(X, Y);
    assertTrue(kind.isDistance() ? other > best : other < best, () -> kind + " " + other);
    assertEquals(other, kind.clip(other));
  }

  @ParameterizedTest
  @EnumSource
  void exchangeMattersUnlessSymmetric(MeasureKind kind) {
    SpaceMeasure measure = SpaceMeasure.of(kind);
    double change = Math.abs(measure.of(X, Y) - measure.of(Y, X));
    assertTrue(kind.isSymmetric() ? change < 1e-9 : change > 1e-6, () -> kind + " by " + change);
  }

  // Minibatches are runs of rows, and landmarks are drawn among them: with more samples than one
  // batch, or than there are landmarks, their order would matter.
  @ParameterizedTest
  @EnumSource
  void theOrderOfSamplesDoesNotMatter(MeasureKind kind) {
    SpaceMeasure measure = SpaceMeasure.of(kind);
    int[] some = IntStream.of(ORDER).limit(kind == MeasureKind.GEOMETRY_SCORE ? 32 : N).toArray();
    int[] sorted = IntStream.of(some).sorted().toArray();
    double expected = measure.of(X.select(sorted), Y.select(sorted));
    assertEquals(expected, measure.of(X.select(some), Y.select(some)), 1e-9);
  }

  @ParameterizedTest
  @EnumSource
  void axesMatterOnlyWhereTheyAreCompared(MeasureKind kind) {
    SpaceMeasure measure = SpaceMeasure.of(kind);
    double change = Math.abs(measure.of(X, times(Y, rotation(3, 6))) - measure.of(X, Y));
    boolean compared = kind.needsSharedFrame() || OF_AXES.contains(kind);
    assertTrue(compared ? change > 1e-3 : change < 2e-6, () -> kind + " " + change);
  }

  @ParameterizedTest
  @EnumSource(names = {"HARD_MATCH", "SOFT_MATCH"})
  void theOrderOfAxesDoesNotMatterToMatches(MeasureKind kind) {
    SpaceMeasure measure = SpaceMeasure.of(kind);
    FloatMatrix reversed = Matrices.of(N, 6, (i, j) -> Y.get(i, 5 - j));
    assertEquals(measure.of(X, Y), measure.of(X, reversed), 1e-12);
  }

  @ParameterizedTest
  @EnumSource
  void aCommonRotationMattersWhereAxesDo(MeasureKind kind) {
    SpaceMeasure measure = SpaceMeasure.of(kind);
    FloatMatrix r = rotation(4, 6);
    double change = Math.abs(measure.of(times(X, r), times(Y, r)) - measure.of(X, Y));
    // The weights of PWCCA are sums of absolute coordinates of X; of class scores axes are classes.
    boolean axes =
        OF_AXES.contains(kind)
            || Set.of(
                    MeasureKind.L1,
                    MeasureKind.PWCCA,
                    MeasureKind.AGREEMENT,
                    MeasureKind.JENSEN_SHANNON)
                .contains(kind);
    assertTrue(axes ? change > 1e-4 : change < 2e-6, () -> kind + " by " + change);
  }

  @ParameterizedTest
  @EnumSource
  void valuesOfAnySizeGiveAFiniteValueInRange(MeasureKind kind) {
    SpaceMeasure measure = SpaceMeasure.of(kind);
    for (double scale : new double[] {1e-15, 1e-6, 1e6, 1e15}) {
      double value = measure.of(map(X, v -> scale * v), map(Y, v -> scale * v));
      assertTrue(Double.isFinite(value), () -> kind + " at " + scale);
      assertEquals(value, kind.clip(value), () -> kind + " at " + scale);
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesThatAreNotFiniteAreRefused(MeasureKind kind) {
    for (double bad : new double[] {Double.NaN, 1e39, -1e39}) {
      FloatMatrix hole = Matrices.of(N, 6, (i, j) -> i == 7 && j == 5 ? bad : Y.get(i, j));
      SpaceMeasure measure = SpaceMeasure.of(kind);
      refused("row 7 of the second space", Kind.BAD_INPUT, () -> measure.of(X, hole));
      refused("row 7 of the first space", Kind.BAD_INPUT, () -> measure.of(hole, X));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFewestSamplesAreEnoughAndFewerAreRefused(MeasureKind kind) {
    SpaceMeasure measure = SpaceMeasure.of(kind);
    int fewest = MeasureInput.fewestRows(measure);
    FloatMatrix few = X.rowRange(0, fewest);
    assertTrue(Double.isFinite(measure.of(few, Y.rowRange(0, fewest))), kind::id);
    FloatMatrix fewer = X.rowRange(0, fewest - 1);
    refused("needs at least " + fewest, Kind.BAD_INPUT, () -> measure.of(fewer, fewer));
  }

  @ParameterizedTest
  @EnumSource
  void threadsGetTheSameValue(MeasureKind kind) {
    SpaceMeasure measure = SpaceMeasure.of(kind);
    double expected = measure.of(X, Y);
    assertTrue(
        IntStream.range(0, 8)
            .parallel()
            .mapToDouble(i -> measure.of(X, Y))
            .allMatch(v -> v == expected));
  }

  @ParameterizedTest
  @EnumSource
  void metricsAreBestForTheTruthAndBlindToOrder(Metric metric) {
    assertEquals(metric == Metric.MAE ? 0 : 1, metric.of(EXPECTED, EXPECTED, 3));
    double value = metric.of(EXPECTED, PREDICTED, 3);
    assertTrue(value > 0 && value < 1, () -> metric + " " + value);
    int[] order = {4, 2, 9, 0, 8, 1, 7, 3, 5, 6};
    int[] expected = IntStream.of(order).map(i -> EXPECTED[i]).toArray();
    int[] predicted = IntStream.of(order).map(i -> PREDICTED[i]).toArray();
    assertEquals(value, metric.of(expected, predicted, 3), 1e-15);
    boolean symmetric = metric != Metric.F1_WEIGHTED;
    double exchanged = metric.of(PREDICTED, EXPECTED, 3);
    assertTrue(symmetric == Math.abs(value - exchanged) < 1e-12, () -> metric + " " + exchanged);
  }

  @ParameterizedTest
  @EnumSource
  void labelsOutOfRangeAreRefused(Metric metric) {
    int[] outside = {0, 1, 3};
    int[] inside = {0, 1, 2};
    refused("label 3", Kind.BAD_INPUT, () -> metric.of(outside, inside, 3));
    refused("label 3", Kind.BAD_INPUT, () -> metric.of(inside, outside, 3));
    refused("label -1", Kind.BAD_INPUT, () -> metric.of(new int[] {-1}, new int[] {0}, 3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void translationsThatAreNotFiniteAreRefused(double bad) {
    FloatMatrix hole = Matrices.of(N, 6, (i, j) -> i == 7 ? bad : Y.get(i, j));
    refused("row 7 ", Kind.BAD_INPUT, () -> TranslationQuality.of(hole, Y, 0));
    refused("row 7 ", Kind.BAD_INPUT, () -> TranslationQuality.of(Y, hole, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -5})
  void aTranslationIsJudgedByDirectionsInAnyOrder(long seed) {
    var perfect = TranslationQuality.of(map(X, v -> 2 * v), X, seed);
    assertEquals(1, perfect.cosineMean(), 1e-6);
    assertEquals(1, perfect.retrievalAt1());
    var quality = TranslationQuality.of(X, Y, seed);
    var moved = TranslationQuality.of(X.select(ORDER), Y.select(ORDER), seed);
    assertEquals(quality.cosineMean(), moved.cosineMean(), 1e-9);
    assertEquals(quality.cosineStd(), moved.cosineStd(), 1e-9);
    assertEquals(quality.retrievalAt1(), moved.retrievalAt1());
    assertEquals(quality.cosineMean(), TranslationQuality.of(Y, X, seed).cosineMean(), 1e-9);
    assertTrue(
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(i -> TranslationQuality.of(X, Y, seed))
            .allMatch(quality::equals));
  }
}
