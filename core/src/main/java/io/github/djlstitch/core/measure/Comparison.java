// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import java.util.Random;

/** A measure of two fixed spaces that can be computed for other pairings of their rows. */
@FunctionalInterface
interface Comparison {
  /**
   * Computes the measure of X and of Y's rows in this order; Y's row {@code order[i]} goes with row
   * i.
   */
  double permuted(int[] order);

  /** Computes the measure of X and a Y by chance: with its rows in another order. */
  default double byChance(int rows, Random random) {
    return permuted(RowDraws.permutation(rows, random));
  }

  /** The score of each sample if the measure is their mean, else empty. */
  default double[] scores() {
    return new double[0];
  }

  /** The mean of the scores. */
  default double value() {
    return mean(scores());
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
