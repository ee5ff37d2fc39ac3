// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;

/**
 * Mean and spread of the Euclidean norms of a space's vectors, which relative representations do
 * not carry. The spread is the mean square of differences from the mean: the difference of the mean
 * square and the squared mean has no correct digit left where norms are large and nearly equal.
 *
 * @param mean mean norm
 * @param std standard deviation, divided by N
 */
public record NormStatistics(double mean, double std) {
  /** Refuses negative lengths. */
  public NormStatistics {
    if (mean < 0 || std < 0) {
      throw StitchException.badInput(
          "vectors of mean length %s with a spread of %s; expected 0 or more", mean, std);
    }
  }

  /** Of vectors as the encoder gave them, shape (N, D), at least one. */
  public static NormStatistics of(FloatMatrix vectors) {
    return of(norms(vectors));
  }

  /** Of norms that are known already, at least one. */
  public static NormStatistics of(double[] norms) {
    double sum = 0;
    for (double norm : norms) {
      sum += norm;
    }
    double mean = sum / norms.length;
    double squares = 0;
    for (double norm : norms) {
      squares += (norm - mean) * (norm - mean);
    }
    return new NormStatistics(mean, Math.sqrt(squares / norms.length));
  }

  /** The norms themselves, N of them. */
  public static double[] norms(FloatMatrix vectors) {
    double[] norms = new double[vectors.rows()];
    float[] row = new float[vectors.columns()];
    for (int i = 0; i < norms.length; i++) {
      vectors.copyRow(i, row, 0);
      double sum = 0;
      for (float value : row) {
        sum += (double) value * value;
      }
      norms[i] = Math.sqrt(sum);
    }
    return norms;
  }
}
