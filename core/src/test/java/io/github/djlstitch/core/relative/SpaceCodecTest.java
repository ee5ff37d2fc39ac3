// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.plusIdentity;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.solve;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static io.github.djlstitch.core.Matrices.worstCosine;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SpaceCodecTest {
  // 40 parallel anchors, 10 and 7 wide; 25 vectors of the first space.
  private static final FloatMatrix X_ANCHORS = gaussian(1, 40, 10);
  private static final FloatMatrix Y_ANCHORS = gaussian(2, 40, 7);
  private static final FloatMatrix X = gaussian(3, 25, 10);

  @ParameterizedTest
  @EnumSource(
      value = Centering.class,
      names = {"ANCHORS", "NONE"})
  void inverseProjectionIsTheTransposedLeastSquaresMapBack(Centering centering) {
    var x = SpaceCodec.inverseProjection(of(X_ANCHORS), centering);
    var y = SpaceCodec.inverseProjection(of(Y_ANCHORS), centering);
    FloatMatrix a = x.frame().apply(X_ANCHORS);
    FloatMatrix b = y.frame().apply(Y_ANCHORS);
    FloatMatrix back = solve(times(transposed(b), b), times(transposed(b), a)); // (Dy, Dx)
    FloatMatrix expected = times(x.frame().apply(X), transposed(back));
    assertClose(expected, y.fromRelative(x.toRelative(X)), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Centering.class,
      names = {"ANCHORS", "NONE"})
  void coordinatesComposeToTheRidgeRegression(Centering centering) {
    var x = SpaceCodec.coordinates(of(X_ANCHORS), centering, 0.7);
    var y = SpaceCodec.coordinates(of(Y_ANCHORS), centering, 0.7);
    FloatMatrix a = x.frame().apply(X_ANCHORS);
    FloatMatrix b = y.frame().apply(Y_ANCHORS);
    FloatMatrix gram = plusIdentity(times(transposed(a), a), 0.7);
    FloatMatrix ridge = solve(gram, times(transposed(a), b)); // (Dx, Dy)
    FloatMatrix expected = times(x.frame().apply(X), ridge);
    assertClose(expected, y.fromRelative(x.toRelative(X)), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Centering.class,
      names = {"ANCHORS", "NONE"})
  void vectorsComeBackToTheirOwnSpace(Centering centering) {
    assertTrue(roundTrip(SpaceCodec.inverseProjection(of(X_ANCHORS), centering)) > .999);
    assertTrue(roundTrip(SpaceCodec.coordinates(of(X_ANCHORS), centering, 1)) > .9);
  }

  private static double roundTrip(SpaceCodec codec) {
    FloatMatrix there = codec.frame().apply(X);
    return worstCosine(there, codec.fromRelative(codec.toRelative(X)));
  }

  @Test
  void aRotatedSpaceIsEnteredExactly() {
    FloatMatrix r = rotation(4, 10);
    var x = SpaceCodec.inverseProjection(of(X_ANCHORS), Centering.ANCHORS);
    var y = SpaceCodec.inverseProjection(of(times(X_ANCHORS, r)), Centering.ANCHORS);
    FloatMatrix expected = y.frame().apply(times(X, r));
    assertClose(expected, y.fromRelative(x.toRelative(X)), 1e-5);
  }

  @Test
  void conditionNumberIsThatOfTheStandardisedAnchors() {
    FloatMatrix orthogonal = rotation(5, 6);
    assertEquals(1, condition(orthogonal), 1e-5);
    FloatMatrix two = FloatMatrix.of(2, 2, 1, 0, .6f, .8f); // eigenvalues of the Gram: 1 +- .6
    assertEquals(2, condition(two), 1e-5);
  }

  @Test
  void dependentAnchorsCountByWhatIsInverted() {
    FloatMatrix few = rotation(6, 10).rowRange(0, 3);
    CodecDiagnostics twice = codec(few.select(new int[] {0, 1, 2, 1})).diagnostics();
    assertEquals(3, twice.rank());
    assertEquals(Math.sqrt(2), twice.conditionNumber(), 1e-5); // one anchor counts twice
    FloatMatrix flat = times(gaussian(7, 20, 3), gaussian(8, 3, 10));
    assertEquals(3, codec(flat).diagnostics().rank());
    assertTrue(condition(flat) < 100);
  }

  @Test
  void dependentAnchorsStillGiveTheirOwnPlane() {
    FloatMatrix plane = gaussian(8, 3, 10);
    var codec = SpaceCodec.inverseProjection(of(times(gaussian(7, 20, 3), plane)), Centering.NONE);
    FloatMatrix x = times(gaussian(9, 12, 3), plane);
    assertClose(Matrices.unitRows(x), codec.fromRelative(codec.toRelative(x)), 1e-4);
  }

  private static double condition(FloatMatrix anchors) {
    return codec(anchors).diagnostics().conditionNumber();
  }

  private static SpaceCodec codec(FloatMatrix anchors) {
    return SpaceCodec.inverseProjection(of(anchors), Centering.NONE);
  }

  private static AnchoredSpace of(FloatMatrix anchors) {
    return new AnchoredSpace(anchors, anchors);
  }

  @Test
  void spacesWithOtherAnchorsAreRefused() {
    var x = SpaceCodec.coordinates(of(X_ANCHORS), Centering.NONE, 1);
    var y = SpaceCodec.coordinates(of(Y_ANCHORS.rowRange(0, 39)), Centering.NONE, 1);
    FloatMatrix r = x.toRelative(X);
    refused(
        "relative vectors over 40 anchors cannot enter a space with 39 anchors",
        Kind.BAD_INPUT,
        () -> y.fromRelative(r));
  }
}
