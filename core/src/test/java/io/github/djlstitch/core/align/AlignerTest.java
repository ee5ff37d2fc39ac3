// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.difference;
import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.identity;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.meanRow;
import static io.github.djlstitch.core.Matrices.plusIdentity;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.solve;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.align.Preparation.DimensionMatching;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("processor")
final class AlignerTest {
  private static final FloatMatrix X = gaussian(1, 30, 6);
  private static final FloatMatrix LATER = gaussian(3, 9, 6);

  static Stream<Aligner> every() {
    return Stream.of(
            Aligner.procrustes(),
            Aligner.scaledProcrustes(),
            Aligner.spannedProcrustes(),
            Aligner.leastSquares(),
            Aligner.leastSquaresOrthogonal(),
            Aligner.spannedLeastSquaresOrthogonal(),
            Aligner.ridge(.5),
            Aligner.ridgeLeaveOneOut(),
            Aligner.affine(),
            Aligner.affineRidge(.5),
            Aligner.affineRidgeLeaveOneOut(),
            Aligner.affineByGradient(20, 1e-3, 1),
            Aligner.lowRank(3),
            Aligner.canonical(3, .1))
        .map(aligner -> aligner.with(DimensionMatching.ZERO_PAD));
  }

  static Stream<Aligner> orthogonal() {
    return Stream.of(
        Aligner.procrustes(),
        Aligner.scaledProcrustes(),
        Aligner.spannedProcrustes(),
        Aligner.leastSquaresOrthogonal(),
        Aligner.spannedLeastSquaresOrthogonal());
  }

  static Stream<Aligner> exact() {
    return Stream.of(
        Aligner.leastSquares().with(Preparation.Z_SCORE),
        Aligner.affine(),
        Aligner.affineRidge(1e-9),
        Aligner.canonical(99, 0));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("orthogonal")
  void aPlantedRotationIsFound(Aligner aligner) {
    FloatMatrix r = rotation(2, 6);
    assertClose(r, aligner.fit(X, times(X, r)).map(), 2e-6);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("exact")
  void aPlantedAffineMapIsFound(Aligner aligner) {
    FloatMatrix mix = gaussian(4, 6, 8);
    FloatMatrix far = gaussian(5, 1, 8);
    var alignment = aligner.fit(X, shift(times(X, mix), far, 5));
    assertClose(shift(times(LATER, mix), far, 5), alignment.apply(LATER), 3e-5);
  }

  @Test
  void orthogonalMapsKeepLengthsWhenTheTargetIsWider() {
    var aligner = Aligner.procrustes().with(DimensionMatching.ZERO_PAD);
    FloatMatrix map = aligner.fit(gaussian(4, 30, 5), gaussian(5, 30, 8)).map();
    assertClose(identity(5), times(map, transposed(map)), 1e-5);
  }

  @Test
  void scaleIsFound() {
    FloatMatrix r = rotation(2, 6);
    var alignment = Aligner.scaledProcrustes().fit(X, map(times(X, r), v -> 3.5 * v));
    assertEquals(3.5, alignment.diagnostics().getOrDefault("scale", Double.NaN), 1e-5);
    assertClose(map(r, v -> 3.5 * v), alignment.map(), 1e-5);
  }

  @Test
  void fewAnchorsMapOnlyWhatTheySpan() {
    FloatMatrix few = X.rowRange(0, 2);
    var spanned = List.of(Aligner.spannedProcrustes(), Aligner.spannedLeastSquaresOrthogonal());
    for (Aligner aligner : spanned) {
      FloatMatrix map = aligner.fit(few, times(few, rotation(2, 6))).map();
      assertClose(times(few, rotation(2, 6)), times(few, map), 1e-5);
      // two directions are kept, four are not
      assertEquals(2, trace(times(map, transposed(map))), 1e-5);
    }
    FloatMatrix whole = Aligner.procrustes().fit(few, times(few, rotation(2, 6))).map();
    assertClose(times(few, rotation(2, 6)), times(few, whole), 1e-5);
    assertEquals(6, trace(times(whole, transposed(whole))), 1e-5);
  }

  @Test
  void ridgeSolvesItsNormalEquations() {
    FloatMatrix y = gaussian(7, 30, 8);
    FloatMatrix gram = plusIdentity(times(transposed(X), X), 2);
    assertClose(solve(gram, times(transposed(X), y)), Aligner.ridge(2).fit(X, y).map(), 1e-6);
  }

  @Test
  void ridgeIsTheSameFromFewAnchorsAsFromManyOfNoWeight() {
    FloatMatrix few = X.rowRange(0, 4);
    FloatMatrix y = gaussian(7, 4, 8);
    // rows of zeros change nothing but which of the two formulas is used
    FloatMatrix more = FloatMatrix.concatRows(few, FloatMatrix.of(9, 6, new float[54]));
    FloatMatrix moreY = FloatMatrix.concatRows(y, FloatMatrix.of(9, 8, new float[72]));
    FloatMatrix map = Aligner.ridge(.3).fit(few, y).map();
    assertClose(map, Aligner.ridge(.3).fit(more, moreY).map(), 1e-6);
  }

  @Test
  void ridgeTendsToLeastSquares() {
    FloatMatrix y = gaussian(7, 30, 8);
    FloatMatrix expected = Aligner.leastSquares().fit(X, y).map();
    assertClose(expected, Aligner.ridge(1e-9).fit(X, y).map(), 1e-6);
    FloatMatrix few = X.rowRange(0, 4);
    FloatMatrix fewY = y.rowRange(0, 4);
    FloatMatrix minimum = Aligner.leastSquares().fit(few, fewY).map();
    assertClose(minimum, Aligner.ridge(1e-9).fit(few, fewY).map(), 1e-6);
  }

  @Test
  void fullRankIsLeastSquares() {
    FloatMatrix y = gaussian(7, 30, 8);
    FloatMatrix full = Aligner.leastSquares().fit(X, y).map();
    assertClose(full, Aligner.lowRank(6).fit(X, y).map(), 1e-6);
    assertTrue(difference(full, Aligner.lowRank(5).fit(X, y).map()) > .01);
  }

  @Test
  void gradientStepsEqualPlainLoops() {
    FloatMatrix y = gaussian(7, 30, 4);
    var fit = Aligner.affineByGradient(25, .01, 11).fit(X, y);
    FloatMatrix expected = PlainAdam.fit(X, y, 25, .01, 11); // (7, 4)
    assertClose(expected.rowRange(0, 6), fit.map(), 1e-6);
    assertClose(expected.rowRange(6, 7), fit.offset(), 1e-6);
  }

  @Test
  void manyGradientStepsTendToTheClosedForm() {
    FloatMatrix y = gaussian(7, 30, 4);
    var closed = Aligner.affine().fit(X, y);
    assertClose(closed.map(), Aligner.affineByGradient(4000, .01, 1).fit(X, y).map(), 1e-4);
    assertEquals(
        Aligner.affineByGradient(5, .01, 1).fit(X, y),
        Aligner.affineByGradient(5, .01, 1).fit(X, y));
  }

  @Test
  void canonicalCoordinatesAreWhiteAndCorrelateAsReported() {
    FloatMatrix y = Matrices.of(30, 8, (i, j) -> X.get(i, j % 6) + gaussianAt(i, j));
    var cca = CanonicalCorrelation.of(X, y, 4, 0);
    FloatMatrix a = cca.source().apply(X);
    FloatMatrix b = cca.target().apply(y);
    assertClose(map(identity(4), v -> 29 * v), times(transposed(a), a), 1e-3);
    FloatMatrix cross = times(transposed(a), b);
    List<Double> r = cca.correlations();
    assertClose(Matrices.of(4, 4, (i, j) -> i == j ? 29 * r.get(i) : 0), cross, 1e-3);
    assertClose(cca.translation().apply(X), Aligner.canonical(4, 0).fit(X, y).apply(X), 1e-6);
  }

  @Test
  void canonicalCorrelationsDoNotSeeAnyAffineMap() {
    FloatMatrix y = Matrices.of(30, 6, (i, j) -> X.get(i, j) + gaussianAt(i, j));
    var before = CanonicalCorrelation.of(X, y, 6, 0).correlations();
    FloatMatrix moved = shift(times(y, gaussian(8, 6, 6)), gaussian(9, 1, 6), 3);
    var after = CanonicalCorrelation.of(X, moved, 6, 0).correlations();
    for (int i = 0; i < 6; i++) {
      assertEquals(before.get(i), after.get(i), 1e-5);
    }
  }

  @Test
  void unitPutsTheMeanLengthBack() {
    FloatMatrix y = map(times(X, rotation(2, 6)), v -> 4 * v);
    var alignment = Aligner.procrustes().with(Preparation.UNIT).fit(X, y);
    double length = 0;
    for (int i = 0; i < 30; i++) {
      length += Math.sqrt(dot(doubles(y, i), doubles(y, i))) / 30;
    }
    double mean = length;
    FloatMatrix expected = map(times(unitRows(LATER), rotation(2, 6)), v -> mean * v);
    assertClose(expected, alignment.apply(LATER), 2e-5);
    assertClose(Matrices.of(1, 6, (i, j) -> 0), alignment.apply(Matrices.of(1, 6, (i, j) -> 0)), 0);
  }

  @Test
  void zScoresAreBlindToTheScaleOfADimensionAndRawOnesAreNot() {
    FloatMatrix y = times(X, rotation(2, 6));
    FloatMatrix stretched = Matrices.of(30, 6, (i, j) -> X.get(i, j) * (j + 1) + j);
    FloatMatrix there = Matrices.of(9, 6, (i, j) -> LATER.get(i, j) * (j + 1) + j);
    var scored = Aligner.procrustes().with(Preparation.Z_SCORE);
    assertClose(scored.fit(X, y).apply(LATER), scored.fit(stretched, y).apply(there), 2e-5);
    var raw = Aligner.procrustes();
    assertTrue(difference(raw.fit(X, y).apply(LATER), raw.fit(stretched, y).apply(there)) > .1);
  }

  @Test
  void aDimensionWithoutSpreadIsNotDividedByZero() {
    FloatMatrix flat = Matrices.of(30, 6, (i, j) -> j == 2 ? 7 : X.get(i, j));
    var alignment = Aligner.leastSquares().with(Preparation.Z_SCORE).fit(flat, flat);
    assertClose(flat, alignment.apply(flat), 2e-5);
  }

  @Test
  void parametersAreCounted() {
    FloatMatrix y = gaussian(7, 30, 8);
    assertEquals(6 * 8, Aligner.leastSquares().fit(X, y).parameters());
    assertEquals(6 * 8 + 8, Aligner.affine().fit(X, y).parameters());
    assertEquals(2 * (6 + 8), Aligner.lowRank(2).fit(X, y).parameters());
    assertEquals(6 * 8, Aligner.lowRank(5).fit(X, y).parameters());
    assertEquals(2 * (6 + 8) + 8, Aligner.canonical(2, .1).fit(X, y).parameters());
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("every")
  void poorAnchorsGiveFiniteMaps(Aligner aligner) {
    finite(aligner, X.rowRange(0, 2), gaussian(7, 2, 8)); // fewer than dimensions
    finite(aligner, Matrices.of(30, 6, (i, j) -> j), gaussian(7, 30, 8)); // all the same
    finite(aligner, FloatMatrix.concatRows(X, X), gaussian(7, 60, 4)); // each twice
    finite(aligner, Matrices.of(30, 6, (i, j) -> X.get(i, j % 3)), gaussian(7, 30, 8)); // dependent
    finite(aligner, Matrices.of(30, 6, (i, j) -> 0), Matrices.of(30, 8, (i, j) -> 0));
    finite(aligner.with(Preparation.UNIT), Matrices.of(30, 6, (i, j) -> i % 2), gaussian(7, 30, 8));
    finite(aligner.with(DimensionMatching.PCA), X.rowRange(0, 3), gaussian(7, 3, 8));
    finite(aligner.with(DimensionMatching.PCA), gaussian(7, 3, 8), X.rowRange(0, 3));
  }

  @Test
  void oneAnchorIsDefinedOrRefused() {
    FloatMatrix one = X.rowRange(0, 1);
    FloatMatrix there = gaussian(7, 1, 8);
    FloatMatrix everywhere = shift(Matrices.of(9, 8, (i, j) -> 0), there, 1);
    assertClose(there, Aligner.leastSquares().fit(one, there).apply(one), 1e-5);
    assertClose(everywhere, Aligner.affine().fit(one, there).apply(LATER), 1e-6);
    refused("at least 2", Kind.BAD_INPUT, () -> Aligner.ridgeLeaveOneOut().fit(one, there));
    refused("at least 2", Kind.BAD_INPUT, () -> Aligner.canonical(1, 1).fit(one, there));
    refused("at least 2", Kind.BAD_INPUT, () -> CanonicalCorrelation.of(one, there, 1, 1));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("every")
  void whatDoesNotGoTogetherIsRefused(Aligner aligner) {
    refused(
        "the same anchors in both spaces but got 30 and 5",
        Kind.BAD_INPUT,
        () -> aligner.fit(X, gaussian(9, 5, 6)));
    FloatMatrix broken = Matrices.of(30, 6, (i, j) -> i == 4 ? Double.NaN : 1);
    refused("vector 4 of the source", Kind.BAD_INPUT, () -> aligner.fit(broken, X));
    refused("vector 4 of the target", Kind.BAD_INPUT, () -> aligner.fit(X, broken));
    refused("at least 1", () -> aligner.fit(X.rowRange(0, 0), X.rowRange(0, 0)));
    refused("8 wide", () -> aligner.fit(X, X).apply(gaussian(1, 2, 8)));
  }

  @Test
  void unequalWidthsNameTheRemedy() {
    var needy =
        List.of(Aligner.procrustes(), Aligner.scaledProcrustes(), Aligner.leastSquaresOrthogonal());
    for (Aligner aligner : needy) {
      refused("DimensionMatching", Kind.BAD_INPUT, () -> aligner.fit(X, gaussian(7, 30, 8)));
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    refused("lambda", Kind.USAGE, () -> Aligner.ridge(0));
    refused("lambda", Kind.USAGE, () -> Aligner.affineRidge(Double.NaN));
    refused("lambda", Kind.USAGE, () -> Aligner.ridgeLeaveOneOut(new double[0]));
    refused("lambda", Kind.USAGE, () -> Aligner.affineRidgeLeaveOneOut(1, -1));
    refused("rank", Kind.USAGE, () -> Aligner.lowRank(0));
    refused("rate", Kind.USAGE, () -> Aligner.affineByGradient(1, 0, 0));
    refused("components", Kind.USAGE, () -> Aligner.canonical(0, 0));
  }

  @ParameterizedTest
  @EnumSource(Preparation.class)
  void preparationIsUndoneInTheTarget(Preparation preparation) {
    FloatMatrix unit = unitRows(X); // of the same length, so that its mean is everyone's
    var alignment = Aligner.leastSquares().with(preparation).fit(unit, unit);
    assertClose(unit, alignment.apply(unit), 1e-5);
    assertTrue(difference(meanRow(unit), Matrices.of(1, 6, (i, j) -> 0)) > .01);
  }

  private static void finite(Aligner aligner, FloatMatrix x, FloatMatrix y) {
    assertEquals(OptionalInt.empty(), aligner.fit(x, y).apply(x).firstNonFiniteRow());
  }

  private static double trace(FloatMatrix square) {
    double sum = 0;
    for (int i = 0; i < square.rows(); i++) {
      sum += square.get(i, i);
    }
    return sum;
  }

  private static double gaussianAt(int i, int j) {
    return .5 * gaussian(i * 100L + j, 1, 1).get(0, 0);
  }
}
