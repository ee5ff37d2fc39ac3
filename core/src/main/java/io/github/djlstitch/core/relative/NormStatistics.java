// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;

/**
 * The lengths of a space's vectors, which relative representations do not carry.
 *
 * @param mean mean length
 * @param std standard deviation, divided by N
 */
public record NormStatistics(double mean, double std) {
  /** Of vectors as the encoder gave them, shape (N, D), at least one. */
  public static NormStatistics of(FloatMatrix vectors) {
    double sum = 0;
    double squares = 0;
    float[] row = new float[vectors.columns()];
    for (int i = 0; i < vectors.rows(); i++) {
      vectors.copyRow(i, row, 0);
      double square = Soundness.square(row);
      sum += Math.sqrt(square);
      squares += square;
    }
    double mean = sum / vectors.rows();
    double variance = squares / vectors.rows() - mean * mean;
    return new NormStatistics(mean, Math.sqrt(Math.max(0, variance)));
  }
}
