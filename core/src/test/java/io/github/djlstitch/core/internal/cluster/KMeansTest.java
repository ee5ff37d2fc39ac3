// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
final class KMeansTest {
  private static double squared(FloatMatrix x, int i, FloatMatrix centers, int c) {
    double sum = 0;
    for (int j = 0; j < x.columns(); j++) {
      sum += Math.pow((double) x.get(i, j) - centers.get(c, j), 2);
    }
    return sum;
  }

  private static int[] nearest(FloatMatrix x, FloatMatrix centers) {
    return IntStream.range(0, x.rows())
        .map(
            i -> {
              int best = 0;
              for (int c = 1; c < centers.rows(); c++) {
                best = squared(x, i, centers, c) < squared(x, i, centers, best) ? c : best;
              }
              return best;
            })
        .toArray();
  }

  private static FloatMatrix means(FloatMatrix x, int[] clusters, int k) {
    double[][] sums = new double[k][x.columns() + 1];
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        sums[clusters[i]][j] += x.get(i, j);
      }
      sums[clusters[i]][x.columns()]++;
    }
    return Matrices.of(k, x.columns(), (c, j) -> sums[c][j] / sums[c][x.columns()]);
  }

  // It took 300 iterations, as the variance of the columns rounded to less than 0.
  @Test
  void equalRowsNeedOneIteration() {
    FloatMatrix x = Matrices.of(500, 24, (i, j) -> Math.sin(j + 1.0) / 3);
    KMeans.Clustering found = KMeans.fit(x, 40, 1);
    assertEquals(1, found.iterations());
    assertEquals(0, found.inertia(), 1e-9);
    assertClose(x.select(IntStream.range(0, 40).toArray()), found.centers(), 1e-7);
  }

  // At the end each row is with its nearest center and each center is the mean of its rows.
  @Test
  void endIsAFixedPointOfTheNaiveStep() {
    FloatMatrix x = gaussian(1, 300, 8);
    KMeans.Clustering found = KMeans.fit(x, 12, 3);
    assertArrayEquals(nearest(x, found.centers()), found.clusters());
    assertClose(means(x, found.clusters(), 12), found.centers(), 1e-6);
    double inertia = 0;
    for (int i = 0; i < x.rows(); i++) {
      inertia += squared(x, i, found.centers(), found.clusters()[i]);
    }
    assertEquals(inertia, found.inertia(), 1e-6 * inertia); // centers rounded to float32
  }

  @Test
  void iterationsFromGivenCentersAreTheNaiveOnes() {
    FloatMatrix x = gaussian(2, 200, 5);
    FloatMatrix centers = gaussian(3, 7, 5);
    KMeans.Clustering found = KMeans.fit(x, centers);
    for (int i = 0; i < found.iterations(); i++) {
      centers = means(x, nearest(x, centers), 7);
    }
    assertArrayEquals(nearest(x, centers), found.clusters());
    assertClose(centers, found.centers(), 1e-6);
  }

  @Test
  void fromTheSameCentersItEndsWhereScikitLearnDoes() {
    var golden = GoldenNumbers.of("anchors.json");
    KMeans.Clustering found = KMeans.fit(golden.matrix("points", 5), golden.matrix("start", 5));
    assertArrayEquals(golden.integers("clusters"), found.clusters());
    assertClose(golden.matrix("centers", 5), found.centers(), 1e-6);
    assertEquals(golden.number("inertia"), found.inertia(), 1e-4);
    assertEquals(golden.number("iterations"), found.iterations());
  }

  @Test
  void seedDecidesAndPlantedClustersAreFound() {
    FloatMatrix centers = gaussian(4, 10, 6);
    FloatMatrix noise = gaussian(5, 5000, 6);
    FloatMatrix x =
        Matrices.of(5000, 6, (i, j) -> 5 * centers.get(i % 10, j) + .1 * noise.get(i, j));
    KMeans.Clustering found = KMeans.fit(x, 10, 1);
    int[] clusters = found.clusters();
    for (int i = 0; i < 5000; i++) {
      assertEquals(clusters[i % 10], clusters[i]);
    }
    assertEquals(10, IntStream.of(clusters).distinct().count());
    assertArrayEquals(clusters, KMeans.fit(x, 10, 1).clusters());
    assertTrue(!java.util.Arrays.equals(clusters, KMeans.fit(x, 10, 2).clusters()));
    assertArrayEquals(clusters, KMeans.fit(times(x, rotation(1, 6)), 10, 1).clusters());
  }

  @Test
  void emptyClustersTakeTheFarthestRows() {
    FloatMatrix x = FloatMatrix.of(5, 1, 0, 1, 10, 11, 30);
    // Nothing is near 500 and 900.
    KMeans.Clustering found = KMeans.fit(x, FloatMatrix.of(3, 1, 5, 500, 900));
    assertEquals(3, IntStream.of(found.clusters()).distinct().count());
    assertEquals(1, found.inertia(), 1e-6);
  }

  @Test
  void duplicatesLeaveClustersEmpty() {
    FloatMatrix x = Matrices.of(8, 2, (i, j) -> i % 2 + 1);
    KMeans.Clustering found = KMeans.fit(x, 5, 0);
    assertEquals(2, IntStream.of(found.clusters()).distinct().count());
    assertEquals(0, found.inertia(), 1e-12);
    assertTrue(found.centers().firstNonFiniteRow().isEmpty());
    assertEquals(0, KMeans.fit(x, 8, 0).inertia(), 1e-12);
  }

  @Test
  void oneClusterIsTheMeanAndZeroRowsAreRows() {
    FloatMatrix x = FloatMatrix.of(3, 2, 0, 0, 3, 0, 0, 6);
    assertEquals(FloatMatrix.of(1, 2, 1, 2), KMeans.fit(x, 1, 0).centers());
  }

  @Test
  void whatCannotBeClusteredIsRefused() {
    FloatMatrix x = gaussian(6, 3, 2);
    refused("4 clusters cannot be made of 3 rows", Kind.BAD_INPUT, () -> KMeans.fit(x, 4, 0));
    refused("0 clusters cannot be made of 3 rows", Kind.BAD_INPUT, () -> KMeans.fit(x, 0, 0));
    FloatMatrix nan = FloatMatrix.of(2, 1, Float.NaN, 1);
    refused("row 0 has a value that is not finite", Kind.BAD_INPUT, () -> KMeans.fit(nan, 1, 0));
  }
}
