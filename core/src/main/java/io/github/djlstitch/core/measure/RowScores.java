// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

/** A measure that is the mean of a score of each sample's two rows. */
interface RowScores extends Comparison {
  /** The number of samples N. */
  int rows();

  /** The score of row i of X and row j of Y. */
  double score(int i, int j);

  @Override
  default double permuted(int[] order) {
    double sum = 0;
    for (int i = 0; i < order.length; i++) {
      sum += score(i, order[i]);
    }
    return sum / order.length;
  }

  @Override
  default double[] scores() {
    double[] scores = new double[rows()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(i, i);
    }
    return scores;
  }
}
