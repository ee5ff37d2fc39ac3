// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
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
import io.github.djlstitch.core.internal.cluster.FarthestPointSampling.Metric;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FarthestPointSamplingTest {
  /** By the definition: every distance to every chosen row, each time. */
  private static int[] naive(FloatMatrix x, Metric metric, int count, double stop, long seed) {
    int[] chosen = {new Random(seed).nextInt(x.rows())};
    while (chosen.length < count) {
      int best = -1;
      double farthest = -1;
      for (int i = 0; i < x.rows(); i++) {
        double least = Double.MAX_VALUE;
        for (int c : chosen) {
          least = i == c ? -1 : Math.min(least, distance(doubles(x, i), doubles(x, c), metric));
        }
        if (least > farthest) {
          best = i;
          farthest = least;
        }
      }
      if (farthest < stop) {
        return chosen;
      }
      chosen = IntStream.concat(IntStream.of(chosen), IntStream.of(best)).toArray();
    }
    return chosen;
  }

  private static double distance(double[] a, double[] b, Metric metric) {
    double cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    return metric == Metric.EUCLIDEAN
        ? Math.sqrt(Math.max(0, 2 - 2 * cosine))
        : Math.max(0, 1 - Math.abs(cosine));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void choicesAreThoseOfTheDefinition(Metric metric) {
    for (int seed = 0; seed < 5; seed++) {
      FloatMatrix x = gaussian(seed, 90, 7);
      assertArrayEquals(
          naive(x, metric, 40, 0, seed), FarthestPointSampling.choose(x, metric, 40, 0, seed));
    }
  }

  // More rows than are looked at between two full passes: Gaussian, in tight clusters, in lines.
  @ParameterizedTest
  @CsvSource({"0, ABSOLUTE_COSINE", "1, EUCLIDEAN", "2, ABSOLUTE_COSINE"})
  void manyRowsAreChosenFromExactlyToo(int shape, Metric metric) {
    var random = new Random(9);
    FloatMatrix noise = gaussian(1, 7000, 5);
    FloatMatrix centers = gaussian(2, 3, 5);
    FloatMatrix x =
        switch (shape) {
          case 0 -> noise;
          case 1 -> Matrices.of(7000, 5, (i, j) -> centers.get(i % 3, j) + .01 * noise.get(i, j));
          default -> Matrices.of(7000, 5, (i, j) -> i % (j + 2) == 0 ? random.nextGaussian() : .1);
        };
    assertArrayEquals(
        naive(x, metric, 60, 0, 4), FarthestPointSampling.choose(x, metric, 60, 0, 4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {.2, .5, .65, .75, .9})
  void keptRowsAreAsFarApartAsAskedAndTheOthersAreNot(double delta) {
    FloatMatrix x = gaussian(3, 300, 12);
    int[] kept = FarthestPointSampling.choose(x, Metric.ABSOLUTE_COSINE, 300, delta, 1);
    assertArrayEquals(naive(x, Metric.ABSOLUTE_COSINE, 300, delta, 1), kept);
    for (int i = 0; i < x.rows(); i++) {
      int row = i;
      double nearest =
          Arrays.stream(kept)
              .filter(k -> k != row)
              .mapToDouble(k -> distance(doubles(x, row), doubles(x, k), Metric.ABSOLUTE_COSINE))
              .min()
              .orElse(1);
      assertEquals(IntStream.of(kept).anyMatch(k -> k == row), nearest >= delta);
    }
  }

  @Test
  void onlyDirectionsCountAndRotationsDoNot() {
    FloatMatrix x = gaussian(5, 200, 6);
    FloatMatrix turned = times(x, rotation(1, 6));
    FloatMatrix scaled = Matrices.of(200, 6, (i, j) -> x.get(i, j) * (i + 1) * 1e-3);
    FloatMatrix flipped = Matrices.of(200, 6, (i, j) -> i % 3 == 0 ? -x.get(i, j) : x.get(i, j));
    FloatMatrix moved = Matrices.of(200, 6, (i, j) -> x.get(i, j) + 1);
    for (Metric metric : Metric.values()) {
      int[] expected = FarthestPointSampling.choose(x, metric, 50, 0, 2);
      assertArrayEquals(expected, FarthestPointSampling.choose(turned, metric, 50, 0, 2));
      assertArrayEquals(expected, FarthestPointSampling.choose(scaled, metric, 50, 0, 2));
      boolean same =
          Arrays.equals(expected, FarthestPointSampling.choose(flipped, metric, 50, 0, 2));
      assertEquals(metric == Metric.ABSOLUTE_COSINE, same);
      assertTrue(!Arrays.equals(expected, FarthestPointSampling.choose(moved, metric, 50, 0, 2)));
    }
  }

  @Test
  void duplicatesComeLastOrNotAtAll() {
    FloatMatrix x = Matrices.of(12, 4, (i, j) -> i % 4 == j ? (i < 8 ? 2 : -1) : 0);
    int[] all = FarthestPointSampling.choose(x, Metric.ABSOLUTE_COSINE, 12, 0, 3);
    assertEquals(12, IntStream.of(all).distinct().count());
    assertEquals(4, IntStream.of(all).limit(4).map(i -> i % 4).distinct().count());
    assertEquals(4, FarthestPointSampling.choose(x, Metric.ABSOLUTE_COSINE, 12, .1, 3).length);
    assertEquals(1, FarthestPointSampling.choose(x, Metric.ABSOLUTE_COSINE, 12, 1.5, 3).length);
    FloatMatrix same = Matrices.of(5000, 3, (i, j) -> 1);
    assertEquals(
        100,
        IntStream.of(FarthestPointSampling.choose(same, Metric.EUCLIDEAN, 100, 0, 0))
            .distinct()
            .count());
  }

  @Test
  void whatHasNoDirectionIsRefused() {
    FloatMatrix zero = FloatMatrix.of(3, 2, 1, 2, 0, 0, 3, 4);
    FloatMatrix nan = FloatMatrix.of(2, 2, 1, 2, 3, Float.NaN);
    FloatMatrix infinite = FloatMatrix.of(1, 2, Float.POSITIVE_INFINITY, 1);
    refused("row 1 has no direction (length 0.0)", Kind.BAD_INPUT, () -> choose(zero, 2));
    refused("row 1 has no direction (length NaN)", Kind.BAD_INPUT, () -> choose(nan, 2));
    refused("row 0 has no direction (length Inf", Kind.BAD_INPUT, () -> choose(infinite, 1));
    FloatMatrix one = FloatMatrix.of(1, 2, 3, 4);
    assertArrayEquals(new int[] {0}, choose(one, 1));
    for (int count : new int[] {0, -1, 2}) {
      refused(
          count + " farthest points cannot be chosen among 1 rows",
          Kind.BAD_INPUT,
          () -> choose(one, count));
    }
  }

  private static int[] choose(FloatMatrix x, int count) {
    return FarthestPointSampling.choose(x, Metric.ABSOLUTE_COSINE, count, 0, 0);
  }
}
