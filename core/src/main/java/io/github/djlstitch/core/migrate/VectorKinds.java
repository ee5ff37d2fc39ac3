// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.view.Projection;
import java.util.Arrays;

/**
 * Tells vectors of one kind from vectors of two, by themselves alone. Two encoders leave a gap
 * along one of the first two principal axes that two subjects of texts do not: of abstracts by
 * small sentence encoders, gaps of one encoder were 1.9 to 3.1, also on two collections, and of two
 * encoders 6.6 to 17 where each made a fifth of the rows or more. Below a fifth nothing is claimed.
 *
 * @param rows how many vectors were looked at
 * @param gap distance of the means of the two parts that differ most, in the sum of their standard
 *     deviations
 * @param share of the smaller part, from 0 to 0.5
 */
public record VectorKinds(int rows, double gap, double share) {
  /** A gap from here on is that of two encoders. */
  public static final double TWO_KINDS = 5;

  /** Fewer vectors are never said to be of two kinds: few subjects of few texts leave gaps, too. */
  public static final int ENOUGH = 500;

  /** The smallest share that is told. */
  public static final double SMALLEST_SHARE = .1;

  /** The fewest vectors that are looked at. */
  public static final int FEWEST = 100;

  /** Tells if they are of two kinds; no does not mean that they are of one. */
  public boolean two() {
    return rows >= ENOUGH && gap >= TWO_KINDS;
  }

  /**
   * Looks for two kinds.
   *
   * @param vectors shape (N, D), {@value #FEWEST} or more, a random part of an index
   * @throws StitchException (bad input) if they are too few or one is not finite
   */
  public static VectorKinds of(FloatMatrix vectors) {
    if (vectors.rows() < FEWEST) {
      throw StitchException.badInput(
          "kinds of %d vectors; expected %d or more", vectors.rows(), FEWEST);
    }
    FloatMatrix directions = Standardization.unit(vectors);
    FloatMatrix places = Projection.pca(directions).apply(directions); // (N, 2)
    VectorKinds best = new VectorKinds(vectors.rows(), 0, 0);
    for (int axis = 0; axis < places.columns(); axis++) {
      VectorKinds found = along(places, axis);
      best = found.gap > best.gap ? found : best;
    }
    return best;
  }

  // Every split of the places on an axis into a lower and an upper part of a tenth or more.
  private static VectorKinds along(FloatMatrix places, int axis) {
    int count = places.rows();
    double[] sorted = new double[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = places.get(i, axis);
    }
    Arrays.sort(sorted);
    double[] sums = new double[count + 1];
    double[] squares = new double[count + 1];
    for (int i = 0; i < count; i++) {
      sums[i + 1] = sums[i] + sorted[i];
      squares[i + 1] = squares[i] + sorted[i] * sorted[i];
    }
    double best = 0;
    int split = 0;
    for (int i = (int) (SMALLEST_SHARE * count); i <= (1 - SMALLEST_SHARE) * count; i++) {
      double gap = gap(sums, squares, i);
      if (gap > best) {
        best = gap;
        split = i;
      }
    }
    return new VectorKinds(count, best, Math.min(split, count - split) / (double) count);
  }

  private static double gap(double[] sums, double[] squares, int split) {
    int count = sums.length - 1;
    double low = sums[split] / split;
    double high = (sums[count] - sums[split]) / (count - split);
    double below = squares[split] / split - low * low;
    double above = (squares[count] - squares[split]) / (count - split) - high * high;
    double spread = Math.sqrt(Math.max(below, 1e-12)) + Math.sqrt(Math.max(above, 1e-12));
    return (high - low) / spread;
  }
}
