// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.align.Preparation.DimensionMatching;
import org.junit.jupiter.api.Test;

/** Against SciPy, NumPy and scikit-learn; float32 results, so equal to about 1e-6 of their size. */
final class AlignerGoldenTest {
  private static final Golden GOLDEN = Golden.read("aligners.json");
  private static final FloatMatrix X = GOLDEN.matrix("x");
  private static final FloatMatrix Y = GOLDEN.matrix("y");
  private static final FloatMatrix Z = GOLDEN.matrix("z");
  private static final FloatMatrix LATER = GOLDEN.matrix("later");

  @Test
  void orthogonalMapsEqualSciPy() {
    sameMap(Aligner.procrustes(), X, Z);
    sameMap(Aligner.scaledProcrustes(), X, Z);
    sameMap(Aligner.leastSquaresOrthogonal(), X, Z);
    // with more anchors than dimensions they span everything
    assertClose(
        GOLDEN.in("maps").matrix("procrustes"), Aligner.spannedProcrustes().fit(X, Z).map(), 1e-6);
  }

  @Test
  void regressionsEqualNumPyAndScikitLearn() {
    sameMap(Aligner.leastSquares(), X, Y);
    sameMap(Aligner.ridge(.7), X, Y);
    sameMap(Aligner.lowRank(2), X, Y);
  }

  @Test
  void fewerAnchorsThanDimensionsGiveTheMinimumNorm() {
    var map = Aligner.leastSquares().fit(GOLDEN.matrix("few"), GOLDEN.matrix("few_y")).map();
    assertClose(GOLDEN.in("maps").matrix("few-linear"), map, 1e-5);
  }

  @Test
  void leaveOneOutEqualsRidgeCvAndBruteForce() {
    var alignment = sameMap(Aligner.ridgeLeaveOneOut(GOLDEN.numbers("alphas")), X, Y);
    assertEquals(
        GOLDEN.number("alpha"), alignment.diagnostics().getOrDefault("lambda", Double.NaN));
    assertEquals(
        GOLDEN.number("loo_mse"),
        alignment.diagnostics().getOrDefault("loo_mse", Double.NaN),
        1e-6);
  }

  @Test
  void offsetsEqualScikitLearn() {
    assertClose(GOLDEN.matrix("affine"), Aligner.affine().fit(X, Y).apply(LATER), 1e-5);
    assertClose(
        GOLDEN.matrix("affine-ridge"), Aligner.affineRidge(.7).fit(X, Y).apply(LATER), 1e-5);
  }

  @Test
  void leaveOneOutWithAnOffsetLeavesTheMeanOutToo() {
    var alignment = Aligner.affineRidgeLeaveOneOut(GOLDEN.numbers("alphas")).fit(X, Y);
    assertEquals(
        GOLDEN.number("affine_alpha"), alignment.diagnostics().getOrDefault("lambda", Double.NaN));
    assertEquals(
        GOLDEN.number("affine_loo_mse"),
        alignment.diagnostics().getOrDefault("loo_mse", Double.NaN),
        1e-6);
    assertClose(GOLDEN.matrix("affine-ridge-loo"), alignment.apply(LATER), 1e-5);
  }

  @Test
  void canonicalCorrelationsEqualScikitLearn() {
    double[] expected = GOLDEN.numbers("correlations");
    var cca = CanonicalCorrelation.of(X, Y, expected.length, 0);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], cca.correlations().get(i), 1e-6);
    }
  }

  @Test
  void standardisedAndPaddedEqualsTheStepsWrittenOut() {
    var aligner = Aligner.procrustes().with(Preparation.Z_SCORE).with(DimensionMatching.ZERO_PAD);
    assertClose(GOLDEN.matrix("standard"), aligner.fit(X, Y).apply(LATER), 1e-5);
  }

  @Test
  void principalComponentsEqualTheStepsWrittenOut() {
    var aligner = Aligner.procrustes().with(DimensionMatching.PCA);
    assertClose(GOLDEN.matrix("pca"), aligner.fit(X, Y).apply(LATER), 1e-5);
  }

  private static Alignment sameMap(Aligner aligner, FloatMatrix x, FloatMatrix y) {
    Alignment alignment = aligner.fit(x, y);
    assertClose(GOLDEN.in("maps").matrix(aligner.id()), alignment.map(), 1e-5);
    return alignment;
  }
}
