// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.benchmark;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.cluster.FarthestPointSampling;
import io.github.djlstitch.core.internal.cluster.FarthestPointSampling.Metric;
import io.github.djlstitch.core.internal.cluster.KMeans;
import io.github.djlstitch.core.internal.cluster.PivotedRows;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * How long anchors take to choose, beside {@code docs/benchmarks/anchors.py}, which has NumPy and
 * scikit-learn do the same. Not part of the tests: run it with {@code -Pbench -pl core}.
 */
class AnchorBenchmark {
  private static final int ROUNDS = 3;

  private interface Task {
    Object run();
  }

  @Test
  void farthestPoints() {
    for (int clusters : new int[] {1, 50}) {
      FloatMatrix x = data(100_000, 768, clusters);
      for (Metric metric : Metric.values()) {
        String what = metric.name().toLowerCase(java.util.Locale.ROOT);
        time(
            "farthest 1,000 of 100,000 x 768, %s, %d cluster(s)".formatted(what, clusters),
            () -> FarthestPointSampling.choose(x, metric, 1000, 0, 0).length);
      }
    }
  }

  @Test
  void clustersAndPivots() {
    for (int clusters : new int[] {1, 100}) {
      FloatMatrix x = data(20_000, 384, clusters);
      time(
          "k-means 300 of 20,000 x 384, %d cluster(s)".formatted(clusters),
          () -> {
            KMeans.Clustering found = KMeans.fit(x, 300, 0);
            return "%d iterations, inertia %.0f".formatted(found.iterations(), found.inertia());
          });
    }
    FloatMatrix x = data(20_000, 384, 1);
    time("pivots 300 of 20,000 x 384", () -> PivotedRows.choose(x, 300).length);
  }

  private static void time(String what, Task task) {
    double[] seconds = new double[ROUNDS];
    Object found = "";
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      found = task.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    double[] sorted = DoubleStream.of(seconds).sorted().toArray();
    System.out.printf(
        "%-68s median %6.2f s, best %6.2f s (%s)%n", what, sorted[ROUNDS / 2], sorted[0], found);
  }

  // Gaussian rows about as many centers, standard deviation 1 about centers of the same spread.
  private static FloatMatrix data(int rows, int width, int clusters) {
    var random = new Random(1);
    float[] centers = new float[clusters * width];
    for (int i = 0; i < centers.length; i++) {
      centers[i] = clusters == 1 ? 0 : (float) random.nextGaussian();
    }
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      int center = i / width % clusters * width + i % width;
      values[i] = centers[center] + (float) random.nextGaussian();
    }
    return FloatMatrix.wrap(rows, width, values);
  }
}
