// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.identity;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.meanRow;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GeneralizedProcrustesTest {
  private static final FloatMatrix BASE = gaussian(1, 40, 6);

  @Test
  void rotatedAndShiftedCopiesFitWithoutResidual() {
    List<FloatMatrix> spaces = List.of(BASE, copy(2), copy(3), copy(4));
    var fit = GeneralizedProcrustes.fit(spaces, 1e-9, 50);
    assertTrue(fit.converged());
    assertEquals(0, fit.residual(), 1e-12);
    for (int i = 0; i < 4; i++) {
      assertClose(fit.consensus(), fit.toConsensus().get(i).apply(spaces.get(i)), 1e-5);
      for (int j = 0; j < 4; j++) {
        assertClose(spaces.get(j), fit.translation(i, j).apply(spaces.get(i)), 1e-5);
      }
    }
  }

  @Test
  void twoSpacesAreOrdinaryProcrustes() {
    FloatMatrix other = noisy(5, .3);
    var fit = GeneralizedProcrustes.fit(List.of(BASE, other), 1e-12, 100);
    var pairwise =
        Aligner.procrustes().fit(shift(BASE, meanRow(BASE), -1), shift(other, meanRow(other), -1));
    assertClose(pairwise.map(), fit.translation(0, 1).map(), 1e-5);
  }

  @Test
  void theResidualIsThatOfThePlainFormula() {
    List<FloatMatrix> spaces = List.of(noisy(6, .2), noisy(7, .4), noisy(8, .6));
    var fit = GeneralizedProcrustes.fit(spaces, 1e-12, 200);
    double apart = 0;
    double total = 0;
    for (int i = 0; i < spaces.size(); i++) {
      apart += squares(shiftBy(fit.toConsensus().get(i).apply(spaces.get(i)), fit.consensus()));
      total += squares(shift(spaces.get(i), meanRow(spaces.get(i)), -1));
    }
    assertEquals(apart / total, fit.residual(), 1e-5);
    assertTrue(fit.residual() > .01);
  }

  @Test
  void noChangeOfOneMapLowersTheResidual() {
    List<FloatMatrix> spaces = List.of(noisy(6, .2), noisy(7, .4), noisy(8, .6));
    var fit = GeneralizedProcrustes.fit(spaces, 1e-12, 500);
    for (int i = 0; i < spaces.size(); i++) {
      FloatMatrix centered = shift(spaces.get(i), meanRow(spaces.get(i)), -1);
      var best = Aligner.procrustes().fit(centered, fit.consensus());
      assertClose(best.map(), fit.toConsensus().get(i).map(), 1e-3);
    }
  }

  @Test
  void narrowerSpacesArePadded() {
    FloatMatrix wide = times(BASE, identityOf(6, 9));
    var fit = GeneralizedProcrustes.fit(List.of(copy(9), times(wide, rotation(10, 9))), 1e-9, 50);
    assertEquals(0, fit.residual(), 1e-10);
    FloatMatrix there = fit.translation(0, 1).apply(copy(9));
    assertClose(times(wide, rotation(10, 9)), there, 1e-5);
    FloatMatrix rotation = fit.toConsensus().get(0).map();
    assertClose(identity(6), times(rotation, transposed(rotation)), 1e-5);
  }

  @Test
  void stoppingEarlyIsReported() {
    var fit = GeneralizedProcrustes.fit(List.of(noisy(6, 1), noisy(7, 1), noisy(8, 1)), 0, 2);
    assertEquals(2, fit.iterations());
    assertFalse(fit.converged());
  }

  @Test
  void oneAnchorAndZerosAreDefined() {
    var one = GeneralizedProcrustes.fit(List.of(gaussian(1, 1, 3), gaussian(2, 1, 3)), 1e-9, 9);
    assertEquals(0, one.residual());
    assertClose(gaussian(2, 1, 3), one.translation(0, 1).apply(gaussian(1, 1, 3)), 1e-5);
    FloatMatrix zeros = FloatMatrix.of(4, 3, new float[12]);
    assertEquals(0, GeneralizedProcrustes.fit(List.of(zeros, zeros), 1e-9, 9).residual());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused(
        "got 40 and 5",
        Kind.BAD_INPUT,
        () -> GeneralizedProcrustes.fit(List.of(BASE, gaussian(1, 5, 6)), 1e-9, 9));
    refused(
        "2 or more spaces", Kind.USAGE, () -> GeneralizedProcrustes.fit(List.of(BASE), 1e-9, 9));
    FloatMatrix nan = map(BASE, v -> Double.NaN);
    refused("not finite", () -> GeneralizedProcrustes.fit(List.of(BASE, nan), 1e-9, 9));
  }

  private static FloatMatrix copy(long seed) {
    return shift(times(BASE, rotation(seed, 6)), gaussian(seed, 1, 6), 2);
  }

  private static FloatMatrix noisy(long seed, double noise) {
    FloatMatrix copy = copy(seed);
    FloatMatrix noises = gaussian(seed + 100, 40, 6);
    return Matrices.of(40, 6, (i, j) -> copy.get(i, j) + noise * noises.get(i, j));
  }

  private static FloatMatrix shiftBy(FloatMatrix a, FloatMatrix b) {
    return Matrices.of(a.rows(), a.columns(), (i, j) -> a.get(i, j) - b.get(i, j));
  }

  private static FloatMatrix identityOf(int rows, int columns) {
    return Matrices.of(rows, columns, (i, j) -> i == j ? 1 : 0);
  }

  private static double squares(FloatMatrix x) {
    double sum = 0;
    for (int i = 0; i < x.rows(); i++) {
      sum += dot(doubles(x, i), doubles(x, i));
    }
    return sum;
  }
}
