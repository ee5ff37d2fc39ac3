// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RelativeProjectionTest {
  private static final int[][] SHAPES = {{6, 5, 4}, {3, 9, 4}, {1, 1, 7}, {2, 3, 1}};

  private static final Set<Similarity.Kind> INVERTING =
      EnumSet.of(Similarity.Kind.BASIS_CHANGE, Similarity.Kind.MAHALANOBIS);

  private static final Set<Similarity.Kind> WHOLE =
      EnumSet.of(Similarity.Kind.MINKOWSKI, Similarity.Kind.GEODESIC);

  static Stream<Arguments> everySpace() {
    return Stream.of(Similarity.Kind.values())
        .map(kind -> Similarity.named(kind.id(), WHOLE.contains(kind) ? 3 : 0.5))
        .flatMap(s -> NaiveRelative.CENTERINGS.stream().map(c -> Arguments.of(s, c)));
  }

  @ParameterizedTest
  @MethodSource("everySpace")
  void equalsTheDoubleLoop(Similarity similarity, Centering centering) {
    for (int[] nmd : SHAPES) {
      if (nmd[1] == 1 && similarity.kind() == Similarity.Kind.MAHALANOBIS) {
        continue; // one anchor has no covariance
      }
      FloatMatrix x = gaussian(1, nmd[0], nmd[2]);
      FloatMatrix a = gaussian(2, nmd[1], nmd[2]);
      var projection = RelativeProjection.onto(a, similarity, centering);
      assertClose(NaiveRelative.apply(x, a, similarity, centering), projection.apply(x), 2e-5);
      assertClose(
          NaiveRelative.standardize(x, a, similarity, centering), projection.standardize(x), 1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("everySpace")
  void permutingAnchorsPermutesColumns(Similarity similarity, Centering centering) {
    int[] order = {3, 0, 4, 1, 2};
    FloatMatrix x = gaussian(3, 8, 6);
    FloatMatrix a = gaussian(4, 5, 6);
    FloatMatrix straight = RelativeProjection.onto(a, similarity, centering).apply(x);
    FloatMatrix permuted = RelativeProjection.onto(a.select(order), similarity, centering).apply(x);
    assertClose(Matrices.of(8, 5, (i, j) -> straight.get(i, order[j])), permuted, 1e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Similarity.Kind.class,
      names = {"COSINE", "COORDINATES", "INNER", "SCALED_INNER", "BASIS_CHANGE"})
  void zeroVectorsAndZeroAnchorsGiveZero(Similarity.Kind kind) {
    FloatMatrix x = FloatMatrix.of(2, 3, 0, 0, 0, 1, 2, 3);
    var projection = RelativeProjection.onto(x, Similarity.named(kind.id(), 1), Centering.NONE);
    FloatMatrix r = projection.apply(x);
    assertEquals(0, r.get(0, 0));
    assertEquals(0, r.get(0, 1));
    assertEquals(0, r.get(1, 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e38f, 1e20f, 1e-4f, 1e-11f})
  void cosineDoesNotDependOnTheScale(float scale) {
    FloatMatrix x = gaussian(5, 6, 4);
    FloatMatrix a = gaussian(6, 5, 4);
    FloatMatrix expected = NaiveRelative.apply(x, a, Similarity.cosine(), Centering.ANCHORS);
    var projection =
        RelativeProjection.onto(
            Matrices.map(a, v -> v / 4 * scale), Similarity.cosine(), Centering.ANCHORS);
    assertClose(expected, projection.apply(Matrices.map(x, v -> v / 4 * scale)), 1e-5);
  }

  @ParameterizedTest
  @MethodSource("everySpace")
  void denormalsAreNumbers(Similarity similarity, Centering centering) {
    FloatMatrix tiny = Matrices.map(gaussian(7, 4, 3), v -> v * 1e-41);
    if (INVERTING.contains(similarity.kind())) {
      refused(
          "have no inverse in float32",
          Kind.BAD_INPUT,
          () -> RelativeProjection.onto(tiny, similarity, centering));
      return;
    }
    FloatMatrix r = RelativeProjection.onto(tiny, similarity, centering).apply(tiny);
    assertEquals(OptionalInt.empty(), r.firstNonFiniteRow());
  }

  @Test
  void aSingleAnchorIsItsOwnCentre() {
    FloatMatrix one = FloatMatrix.of(1, 3, 1, -2, 3);
    var projection = RelativeProjection.onto(one, Similarity.cosine(), Centering.ANCHORS);
    assertEquals(FloatMatrix.of(1, 1, 0), projection.apply(one));
  }

  @Test
  void anchorThatIsNotFiniteIsNamed() {
    FloatMatrix a = FloatMatrix.of(2, 2, 1, 2, 3, Float.NaN);
    refused(
        "anchor 1 has a value that is not finite",
        Kind.BAD_INPUT,
        () -> RelativeProjection.onto(a, Similarity.cosine(), Centering.NONE));
  }

  @Test
  void noVectorsGiveNoRows() {
    var projection =
        RelativeProjection.onto(gaussian(8, 3, 4), Similarity.cosine(), Centering.ANCHORS);
    assertEquals(FloatMatrix.of(0, 3), projection.apply(FloatMatrix.of(0, 4)));
  }

  @Test
  void noAnchorsAreRefused() {
    FloatMatrix none = FloatMatrix.of(0, 2);
    refused(
        "needs at least 1 anchor",
        Kind.BAD_INPUT,
        () -> RelativeProjection.onto(none, Similarity.cosine(), Centering.NONE));
  }

  @Test
  void otherWidthsAreRefused() {
    var projection =
        RelativeProjection.onto(gaussian(8, 3, 4), Similarity.cosine(), Centering.NONE);
    String message = "vectors are 5 wide but the anchors of this space are 4 wide";
    refused(message, Kind.BAD_INPUT, () -> projection.apply(gaussian(9, 2, 5)));
    refused(message, Kind.BAD_INPUT, () -> projection.standardize(gaussian(9, 2, 5)));
  }
}
