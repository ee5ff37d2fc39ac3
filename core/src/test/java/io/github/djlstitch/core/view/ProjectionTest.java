// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.view;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.align.Golden;
import io.github.djlstitch.core.internal.view.PrincipalAxes;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against scikit-learn; the script lies beside the numbers. */
final class ProjectionTest {
  private static final Golden GOLDEN =
      Golden.read("/io/github/djlstitch/core/view/projections.json");
  private static final FloatMatrix ROWS = GOLDEN.matrix("rows");

  @Test
  void principalAxesAreThoseOfTheReference() {
    PrincipalAxes axes = Projection.pca(ROWS);
    FloatMatrix expected = GOLDEN.matrix("pca");
    FloatMatrix places = axes.apply(ROWS);
    for (int i = 0; i < ROWS.rows(); i++) {
      assertEquals(expected.get(i, 0), places.get(i, 0), 2e-5, "row " + i);
      assertEquals(expected.get(i, 1), places.get(i, 1), 2e-5, "row " + i);
    }
    assertEquals(GOLDEN.numbers("share")[0], axes.share(0), 1e-6);
    assertEquals(GOLDEN.numbers("share")[1], axes.share(1), 1e-6);
  }

  @Test
  void axesOfOneSpaceServeAnother() {
    PrincipalAxes axes = Projection.pca(ROWS.rowRange(0, 60));
    FloatMatrix all = axes.apply(ROWS);
    assertEquals(axes.apply(ROWS.rowRange(60, 120)), all.rowRange(60, 120));
    refused("width 12, but the rows have 2", () -> axes.apply(all));
  }

  @Test
  void spacesOfFewDimensionsOrRowsHaveNullAxes() {
    FloatMatrix line = Projection.pca(FloatMatrix.of(3, 1, 1, 2, 6)).apply(FloatMatrix.of(1, 1, 3));
    assertEquals(FloatMatrix.of(1, 2, 0, 0), line);
    FloatMatrix same = FloatMatrix.of(2, 3, 1, 2, 3, 1, 2, 3);
    assertEquals(FloatMatrix.of(2, 2, 0, 0, 0, 0), Projection.pca(same).apply(same));
    FloatMatrix one = FloatMatrix.of(1, 3, 1, 2, 3);
    assertEquals(FloatMatrix.of(1, 2, 0, 0), Projection.pca(one).apply(one));
  }

  @Test
  void neighborsStayNeighborsAsInTheReference() {
    double perplexity = GOLDEN.number("perplexity");
    FloatMatrix reference = GOLDEN.matrix("tsne");
    double expected = GOLDEN.number("divergence");
    assertEquals(expected, NeighborEmbedding.divergence(ROWS, perplexity, reference), 2e-3);
    assertEquals(GOLDEN.number("trustworthiness"), trustworthiness(ROWS, reference, 10), 1e-4);
    for (int seed = 0; seed < 5; seed++) {
      FloatMatrix places = Projection.tsne(ROWS, perplexity, seed);
      double found = NeighborEmbedding.divergence(ROWS, perplexity, places);
      assertTrue(found < expected + 0.02, found + " against " + expected);
      double trust = trustworthiness(ROWS, places, 10);
      assertTrue(trust > GOLDEN.number("trustworthiness") - 0.005, "trustworthiness " + trust);
    }
  }

  @Test
  void theSameSeedGivesTheSamePlaces() {
    FloatMatrix few = ROWS.rowRange(0, 40);
    FloatMatrix places = Projection.tsne(few, 5, 3);
    assertEquals(places, Projection.tsne(few, 5, 3));
    assertNotEquals(places, Projection.tsne(few, 5, 4));
  }

  @Test
  void rowsThatAreTheSameArePlacedNevertheless() {
    float[] values = new float[60];
    assertTrue(
        Projection.tsne(FloatMatrix.wrap(20, 3, values), 5, 0).firstNonFiniteRow().isEmpty());
    for (int i = 30; i < 60; i++) {
      values[i] = 1e4f + i;
    }
    FloatMatrix places = Projection.tsne(FloatMatrix.wrap(20, 3, values), 5, 0);
    assertTrue(places.firstNonFiniteRow().isEmpty());
    assertTrue(trustworthiness(FloatMatrix.wrap(20, 3, values), places, 3) > 0.9);
  }

  @Test
  void whatCannotBeSeenIsRefused() {
    FloatMatrix rows = FloatMatrix.wrap(10, 2, noise(20));
    refused("perplexity 9.0 of 10 rows; expected 1 to less than 9", () -> tsne(rows, 9));
    refused("perplexity 0.5", () -> tsne(rows, 0.5));
    refused("perplexity NaN", () -> tsne(rows, Double.NaN));
    refused(
        "at most 4000 rows but got 4001", () -> tsne(FloatMatrix.wrap(4001, 1, noise(4001)), 5));
    refused("row 1 has a value", () -> Projection.pca(FloatMatrix.of(2, 1, 0, Float.NaN)));
    refused("row 0 has a value", () -> tsne(FloatMatrix.of(1, 1, Float.NEGATIVE_INFINITY), 5));
    refused("nothing to see", () -> Projection.pca(FloatMatrix.wrap(0, 3, new float[0])));
  }

  private static void tsne(FloatMatrix rows, double perplexity) {
    Projection.tsne(rows, perplexity, 0);
  }

  private static float[] noise(int count) {
    var random = new Random(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  // Venna and Kaski 2001: 1 - 2 / (N K (2 N - 3 K - 1)) sum of how far intruders come from.
  private static double trustworthiness(FloatMatrix rows, FloatMatrix places, int k) {
    int n = rows.rows();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      int[] near = byDistance(places, i);
      int[] truly = byDistance(rows, i);
      int[] rank = new int[n];
      for (int r = 0; r < truly.length; r++) {
        rank[truly[r]] = r + 1;
      }
      for (int r = 0; r < k; r++) {
        sum += Math.max(0, rank[near[r]] - k);
      }
    }
    return 1 - 2 * sum / (n * (double) k * (2 * n - 3 * k - 1));
  }

  private static int[] byDistance(FloatMatrix rows, int from) {
    return IntStream.range(0, rows.rows())
        .filter(j -> j != from)
        .boxed()
        .sorted((a, b) -> Double.compare(square(rows, from, a), square(rows, from, b)))
        .mapToInt(j -> j)
        .toArray();
  }

  private static double square(FloatMatrix rows, int i, int j) {
    double sum = 0;
    for (int d = 0; d < rows.columns(); d++) {
      double gap = (double) rows.get(i, d) - rows.get(j, d);
      sum += gap * gap;
    }
    return sum;
  }
}
