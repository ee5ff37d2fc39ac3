// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.relative.Standardization;
import java.util.Arrays;
import java.util.Random;

/**
 * Closeness of translated vectors to those of the target's own encoder for the same samples.
 *
 * @param samples number of samples
 * @param cosineMean mean cosine of a translated vector and its own
 * @param cosineStd standard deviation of that cosine, divided by N
 * @param retrievalAt1 share of translated vectors whose nearest one is their own
 * @param chanceCosine mean cosine over {@link #PERMUTATIONS} random pairings
 * @param pValue share of pairings, the true one included, with at least that mean cosine
 */
public record TranslationQuality(
    int samples,
    double cosineMean,
    double cosineStd,
    double retrievalAt1,
    double chanceCosine,
    double pValue) {
  /** The number of random pairings that the true one is compared with. */
  public static final int PERMUTATIONS = 199;

  /** A pairing that does as well as this share of random ones is an alignment. */
  public static final double LEVEL = 0.01;

  private static final int FEWEST = 6; // 720 pairings; 5 samples have too few for the level

  /**
   * Compares vectors by their directions.
   *
   * @param translated shape (N, D), N at least 6; standardized as {@code own}
   * @param own of the same samples in the same order, shape (N, D)
   * @param seed of the random pairings
   * @throws StitchException (bad input) if the shapes differ, there are too few samples or a value
   *     is not finite
   */
  public static TranslationQuality of(FloatMatrix translated, FloatMatrix own, long seed) {
    if (translated.rows() != own.rows() || translated.columns() != own.columns()) {
      throw StitchException.badInput("%s cannot be compared with %s", translated, own);
    }
    if (own.rows() < FEWEST) {
      throw StitchException.badInput(
          "%d samples are too few to measure a translation; give at least %d that are no anchors",
          own.rows(), FEWEST);
    }
    requireFinite("translated", translated);
    requireFinite("own", own);
    FloatMatrix x = Standardization.unit(translated);
    FloatMatrix y = Standardization.unit(own);
    double[] cosines = new double[x.rows()];
    int[] same = new int[x.rows()];
    Arrays.setAll(same, i -> i);
    double mean = meanCosine(x.toArray(), y.toArray(), same, cosines);
    double variance = 0;
    for (double cosine : cosines) {
      variance += (cosine - mean) * (cosine - mean) / cosines.length;
    }
    double[] chance = chance(x, y, mean, seed);
    return new TranslationQuality(
        x.rows(), mean, Math.sqrt(variance), hits(x, y), chance[0], chance[1]);
  }

  // A mean that is not a number would count as better than every random one.
  private static void requireFinite(String which, FloatMatrix vectors) {
    vectors
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "row %d of the %s vectors has a value that is not finite; translate or encode it"
                      + " again",
                  row, which);
            });
  }

  /** Returns true if the pairing is better than random ones. */
  public boolean isAligned() {
    return pValue <= LEVEL;
  }

  // Mean over the pairings, and the p-value.
  private static double[] chance(FloatMatrix x, FloatMatrix y, double observed, long seed) {
    var random = new Random(seed);
    float[] a = x.toArray();
    float[] b = y.toArray();
    double[] cosines = new double[x.rows()];
    int[] order = new int[x.rows()];
    Arrays.setAll(order, i -> i);
    int reached = 1;
    double sum = 0;
    for (int k = 0; k < PERMUTATIONS; k++) {
      shuffle(order, random);
      double mean = meanCosine(a, b, order, cosines);
      sum += mean;
      reached += mean >= observed ? 1 : 0;
    }
    return new double[] {sum / PERMUTATIONS, reached / (PERMUTATIONS + 1.0)};
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  private static double meanCosine(float[] x, float[] y, int[] order, double[] cosines) {
    int width = x.length / order.length;
    double total = 0;
    for (int i = 0; i < order.length; i++) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        sum += (double) x[i * width + j] * y[order[i] * width + j];
      }
      cosines[i] = sum;
      total += sum;
    }
    return total / order.length;
  }

  private static double hits(FloatMatrix x, FloatMatrix y) {
    FloatMatrix candidates = LinearAlgebra.transpose(y); // (D, N)
    int block = 1024; // of the (N, N) cosines at a time
    int hits = 0;
    for (int from = 0; from < x.rows(); from += block) {
      FloatMatrix queries = x.rowRange(from, Math.min(from + block, x.rows()));
      int[] nearest = LinearAlgebra.product(queries, candidates).argMaxRows();
      for (int i = 0; i < nearest.length; i++) {
        hits += nearest[i] == from + i ? 1 : 0;
      }
    }
    return hits / (double) x.rows();
  }
}
