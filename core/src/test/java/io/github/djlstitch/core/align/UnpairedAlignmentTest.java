// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.align.UnpairedAlignment.Options;
import io.github.djlstitch.core.align.UnpairedAlignment.Pairing;
import io.github.djlstitch.core.align.UnpairedAlignment.Refinement;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
final class UnpairedAlignmentTest {
  private static final int WIDTH = 12;
  private static final int CLUSTERS = 20;
  private static final FloatMatrix ALL = clustered(1, 1600);
  private static final FloatMatrix SOURCE = ALL.rowRange(0, 700);
  private static final FloatMatrix HELD_OUT = ALL.rowRange(1400, 1600);
  private static final FloatMatrix ROTATION = rotation(2, WIDTH);

  @Test
  void aPlantedRotationIsRecoveredWithoutPairs() {
    // other samples of the same distribution, elsewhere
    FloatMatrix target = elsewhere(ALL.rowRange(700, 1400));
    var fit = UnpairedAlignment.fit(SOURCE, target, options(3));
    assertTrue(heldOut(fit) > .98, "cosine " + heldOut(fit));
    assertTrue(fit.matchedCosine() > .95, "matched " + fit.matchedCosine());
    assertEquals(30, fit.history().size());
    var other = UnpairedAlignment.fit(SOURCE, target, options(4));
    assertTrue(fit.agreement(other, HELD_OUT) > .98, "agreement");
  }

  @Test
  void spacesWithoutACommonGeometryDoNotAgree() {
    FloatMatrix other = clustered(77, 700);
    var fit = UnpairedAlignment.fit(SOURCE, other, options(3));
    double agreement = fit.agreement(UnpairedAlignment.fit(SOURCE, other, options(4)), HELD_OUT);
    assertTrue(agreement < .8, "agreement " + agreement);
    assertTrue(fit.matchedCosine() < .95, "matched " + fit.matchedCosine());
  }

  @Test
  void theSeedDecidesEverything() {
    FloatMatrix target = elsewhere(ALL.rowRange(700, 1400));
    var first = UnpairedAlignment.fit(SOURCE, target, quick(5));
    assertEquals(first, UnpairedAlignment.fit(SOURCE, target, quick(5)));
  }

  @Test
  void widthsMayDiffer() {
    FloatMatrix target = ALL.rowRange(700, 1400);
    FloatMatrix wide = times(rotation(6, 15).rowRange(0, WIDTH), rotation(7, 15)); // (12, 15)
    var fit = UnpairedAlignment.fit(SOURCE, times(target, wide), options(3));
    FloatMatrix there = fit.standardizeTarget(times(HELD_OUT, wide));
    double cosine = meanCosine(there, fit.alignment().apply(HELD_OUT));
    assertTrue(cosine > .95, "cosine " + cosine);
  }

  @Test
  void duplicatesAndZerosAreNoError() {
    FloatMatrix many = FloatMatrix.concatRows(SOURCE, SOURCE, FloatMatrix.of(1, 12, new float[12]));
    var fit = UnpairedAlignment.fit(many, many, quick(3));
    assertTrue(Double.isFinite(fit.matchedCosine()));
    FloatMatrix same = Matrices.of(700, 12, (i, j) -> j);
    var nothing = UnpairedAlignment.fit(same, same, quick(3));
    assertEquals(0, nothing.matchedCosine(), 1e-6);
  }

  @Test
  void theAssignmentOfAShuffledMatrixIsFound() {
    int n = 9;
    double[][] a = symmetric(8, n);
    int[] p = {3, 1, 4, 0, 5, 8, 2, 6, 7};
    double[][] b = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        b[p[i]][p[j]] = a[i][j];
      }
    }
    var assignment = new QuadraticAssignment(a, b);
    int[] found = assignment.solve(30, new Random(1));
    assertEquals(assignment.value(p), assignment.value(found), 1e-9);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    FloatMatrix few = SOURCE.rowRange(0, 5);
    refused("at least 8 vectors but got 5", () -> UnpairedAlignment.fit(few, SOURCE, options(1)));
    refused("target", Kind.BAD_INPUT, () -> UnpairedAlignment.fit(SOURCE, few, options(1)));
    FloatMatrix nan = map(SOURCE, v -> Double.NaN);
    refused("not finite", () -> UnpairedAlignment.fit(nan, SOURCE, options(1)));
    refused("2 or more clusters", Kind.USAGE, () -> new Pairing(1, 1, 1, 10, 1));
    refused("1 or more neighbors", Kind.USAGE, () -> new Refinement(0, 1, 1));
  }

  private static Options options(long seed) {
    return new Options(new Pairing(2, 30, 7, 10_000, 20), new Refinement(5, 30, 300), seed);
  }

  // For what does not depend on success.
  private static Options quick(long seed) {
    return new Options(new Pairing(1, 2, CLUSTERS, 500, 2), new Refinement(5, 3, 300), seed);
  }

  private static FloatMatrix elsewhere(FloatMatrix x) {
    return shift(times(x, ROTATION), gaussian(9, 1, WIDTH), 3);
  }

  private static double heldOut(UnpairedAlignment fit) {
    return meanCosine(fit.standardizeTarget(elsewhere(HELD_OUT)), fit.alignment().apply(HELD_OUT));
  }

  private static double meanCosine(FloatMatrix a, FloatMatrix b) {
    double sum = 0;
    for (int i = 0; i < a.rows(); i++) {
      sum += dot(doubles(unitRows(a), i), doubles(unitRows(b), i));
    }
    return sum / a.rows();
  }

  private static double[][] symmetric(long seed, int n) {
    FloatMatrix g = gaussian(seed, n, n);
    double[][] out = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        out[i][j] = g.get(i, j) + g.get(j, i);
      }
    }
    return out;
  }

  private static FloatMatrix clustered(long seed, int rows) {
    FloatMatrix centers = gaussian(seed, CLUSTERS, WIDTH);
    int[] of = new Random(seed).ints(rows, 0, CLUSTERS).toArray();
    FloatMatrix noise = gaussian(seed + 1, rows, WIDTH);
    return Matrices.of(rows, WIDTH, (i, j) -> centers.get(of[i], j) + .2 * noise.get(i, j));
  }
}
