// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.difference;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Similarity.Kind;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every similarity: it holds for a new kind without a new test. */
@Tag("processor")
final class SimilarityContractTest {
  private static final int M = 12;
  private static final int D = 6;
  private static final FloatMatrix ANCHORS = gaussian(1, M, D);
  private static final FloatMatrix X = gaussian(2, 40, D);
  // Distances along axes; all others see a space from within.
  private static final Set<Kind> BY_AXES =
      EnumSet.of(Kind.MANHATTAN, Kind.CHEBYSHEV, Kind.MINKOWSKI);

  private static Similarity similarity(Kind kind) {
    return kind == Kind.MINKOWSKI
        ? new Similarity(kind, Similarity.DEFAULT_ORDER)
        : Similarity.of(kind);
  }

  private static Similarity fixed(Kind kind) {
    return Similarity.named(kind.id(), kind == Kind.MAHALANOBIS ? .5 : 1);
  }

  private static RelativeProjection onto(FloatMatrix anchors, Kind kind, Centering centering) {
    return RelativeProjection.onto(anchors, similarity(kind), centering);
  }

  private static FloatMatrix apply(Kind kind, FloatMatrix anchors, FloatMatrix x) {
    return onto(anchors, kind, Centering.ANCHORS).apply(x);
  }

  @ParameterizedTest
  @EnumSource
  void theOrderOfAnchorsIsThatOfTheColumns(Kind kind) {
    int[] order = {7, 0, 11, 3, 1, 9, 2, 10, 4, 6, 5, 8};
    FloatMatrix expected = apply(kind, ANCHORS, X);
    FloatMatrix moved = apply(kind, ANCHORS.select(order), X);
    assertClose(
        Matrices.of(X.rows(), M, (i, j) -> expected.get(i, order[j])), moved, tolerance(expected));
  }

  @ParameterizedTest
  @EnumSource
  void eachVectorCountsByItself(Kind kind) {
    var projection = onto(ANCHORS, kind, Centering.ANCHORS);
    FloatMatrix all = projection.apply(X);
    int[] order = IntStream.range(0, X.rows()).map(i -> X.rows() - 1 - i).toArray();
    assertClose(all.select(order), projection.apply(X.select(order)), tolerance(all));
    for (int i = 0; i < X.rows(); i += 13) {
      FloatMatrix alone = projection.apply(X.rowRange(i, i + 1));
      assertClose(all.rowRange(i, i + 1), alone, tolerance(all));
    }
  }

  @ParameterizedTest
  @EnumSource
  void lengthsCountUnlessDirectional(Kind kind) {
    FloatMatrix longer = apply(kind, ANCHORS, map(X, v -> 3 * v));
    double change = difference(apply(kind, ANCHORS, X), longer);
    boolean directional = similarity(kind).directional();
    assertTrue(directional ? change < 1e-5 : change > 1e-2, () -> kind + " by " + change);
  }

  @ParameterizedTest
  @EnumSource
  void rotatingTheSpaceChangesOnlyDistancesAlongAxes(Kind kind) {
    FloatMatrix r = rotation(3, D);
    FloatMatrix before = apply(kind, ANCHORS, X);
    double change = difference(before, apply(kind, times(ANCHORS, r), times(X, r)));
    boolean invariant = !BY_AXES.contains(kind);
    assertTrue(invariant ? change < tolerance(before) : change > .1, () -> kind + " by " + change);
  }

  @ParameterizedTest
  @EnumSource
  void centeringTakesATranslationAwayWhereLengthsCount(Kind kind) {
    FloatMatrix far = FloatMatrix.of(1, D, 1, -2, 3, 0, 1, 2);
    FloatMatrix before = apply(kind, ANCHORS, X);
    double change = difference(before, apply(kind, shift(ANCHORS, far, 1), shift(X, far, 1)));
    boolean invariant = !similarity(kind).directional();
    assertTrue(invariant ? change < tolerance(before) : change > .01, () -> kind + " by " + change);
  }

  @ParameterizedTest
  @EnumSource
  void otherAnchorsCountForJointKindsOnly(Kind kind) {
    FloatMatrix others = FloatMatrix.concatRows(ANCHORS.rowRange(0, M - 1), gaussian(4, 1, D));
    var frame = Standardization.plain(D, fixed(kind).directional());
    FloatMatrix a = RelativeProjection.onto(ANCHORS, X, fixed(kind), frame).apply(X);
    FloatMatrix b = RelativeProjection.onto(others, X, fixed(kind), frame).apply(X);
    double change =
        difference(Matrices.of(X.rows(), M - 1, a::get), Matrices.of(X.rows(), M - 1, b::get));
    assertTrue(kind.joint() ? change > 1e-3 : change < 1e-5, () -> kind + " by " + change);
  }

  @ParameterizedTest
  @EnumSource
  void distancesAreNegatedOrNotAndZeroAtTheAnchorItself(Kind kind) {
    FloatMatrix own = apply(kind, ANCHORS, ANCHORS);
    Similarity positive = similarity(kind).positive();
    FloatMatrix other =
        RelativeProjection.onto(ANCHORS, positive, Centering.ANCHORS).apply(ANCHORS);
    assertEquals(kind.distance() ? map(own, v -> 0 - v) : own, other);
    for (int i = 0; i < M && kind.distance(); i++) {
      assertEquals(0, own.get(i, i), 1e-5);
      assertEquals(i, own.argMaxRows()[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void zeroVectorsAndZeroAnchorsHaveFiniteValues(Kind kind) {
    FloatMatrix anchors = FloatMatrix.concatRows(ANCHORS, FloatMatrix.of(1, D, new float[D]));
    FloatMatrix zero = FloatMatrix.of(2, D, new float[2 * D]);
    for (Centering centering : new Centering[] {Centering.NONE, Centering.ANCHORS}) {
      FloatMatrix values = onto(anchors, kind, centering).apply(zero);
      assertTrue(values.firstNonFiniteRow().isEmpty(), () -> kind + ", " + centering);
    }
    FloatMatrix plain = onto(anchors, kind, Centering.NONE).apply(zero);
    double expected = kind == Kind.ANGULAR ? .5 : 0;
    if (kind == Kind.ANGULAR || kind == Kind.COSINE || kind == Kind.INNER) {
      assertClose(Matrices.of(2, M + 1, (i, j) -> expected), plain, 1e-6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noVectorsGiveNoRows(Kind kind) {
    FloatMatrix none = apply(kind, ANCHORS, X.rowRange(0, 0));
    assertEquals(0, none.rows());
    assertEquals(M, none.columns());
  }

  @ParameterizedTest
  @EnumSource
  void badAnchorsAndWidthsAreRefused(Kind kind) {
    refused("at least 1 anchor", StitchException.Kind.BAD_INPUT, () -> apply(kind, none(), X));
    FloatMatrix hole = with(ANCHORS, 4, Float.NaN);
    refused("anchor 4 ", StitchException.Kind.BAD_INPUT, () -> apply(kind, hole, X));
    FloatMatrix huge = with(ANCHORS, 4, Float.POSITIVE_INFINITY);
    refused("anchor 4 ", StitchException.Kind.BAD_INPUT, () -> apply(kind, huge, X));
    FloatMatrix wide = gaussian(5, 3, D + 1);
    refused("" + D, StitchException.Kind.BAD_INPUT, () -> apply(kind, ANCHORS, wide));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aVectorThatIsNotFiniteSpoilsItsOwnRowOnly(float value) {
    for (Kind kind : Kind.values()) {
      FloatMatrix clean = apply(kind, ANCHORS, X);
      FloatMatrix found = apply(kind, ANCHORS, with(X, 4, value));
      assertEquals(4, found.firstNonFiniteRow().orElse(-1), () -> kind + " of " + value);
      assertClose(clean.rowRange(0, 4), found.rowRange(0, 4), tolerance(clean));
      assertClose(clean.rowRange(5, 40), found.rowRange(5, 40), tolerance(clean));
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsShareAProjection(Kind kind) {
    var projection = onto(ANCHORS, kind, Centering.ANCHORS);
    FloatMatrix given = Matrices.of(X.rows(), D, X::get);
    FloatMatrix expected = projection.apply(X);
    assertTrue(
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> projection.apply(X))
            .allMatch(expected::equals));
    assertEquals(given, X);
    assertFalse(projection.similarity().parameter() == Similarity.AUTO);
  }

  private static double tolerance(FloatMatrix values) {
    return 2e-5 * (1 + difference(values, map(values, v -> 0)));
  }

  private static FloatMatrix none() {
    return ANCHORS.rowRange(0, 0);
  }

  private static FloatMatrix with(FloatMatrix x, int row, float value) {
    return Matrices.of(x.rows(), D, (i, j) -> i == row && j == 2 ? value : x.get(i, j));
  }
}
