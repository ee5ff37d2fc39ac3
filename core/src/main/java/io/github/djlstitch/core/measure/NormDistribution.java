// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;

/**
 * How the Euclidean norms of a space's vectors are distributed. A normal distribution has skewness
 * and excess kurtosis 0 and .0027 of its values beyond three standard deviations.
 *
 * @param mean mean norm
 * @param std standard deviation, divided by N
 * @param skewness third standardised moment; 0 if all norms are equal
 * @param excessKurtosis fourth standardised moment minus 3; 0 if all norms are equal
 * @param beyondThree share of the norms farther than 3 standard deviations from the mean
 */
public record NormDistribution(
    double mean, double std, double skewness, double excessKurtosis, double beyondThree) {
  // Rounding of unit vectors in float32 is no spread.
  private static final double ROUNDING = 1e-6;

  /**
   * Of vectors as the encoder gave them, shape (N, D).
   *
   * @throws StitchException (bad input) if there is no row or a value is not finite
   */
  public static NormDistribution of(FloatMatrix vectors) {
    if (vectors.rows() == 0 || vectors.firstNonFiniteRow().isPresent()) {
      throw StitchException.badInput(
          "norms need at least 1 vector and finite values but got %s", vectors);
    }
    double[] norms = norms(vectors);
    double mean = Comparison.mean(norms);
    double[] moments = new double[5];
    for (double norm : norms) {
      for (int power = 2; power <= 4; power++) {
        moments[power] += Math.pow(norm - mean, power) / norms.length;
      }
    }
    double std = Math.sqrt(moments[2]);
    if (std <= ROUNDING * mean) {
      return new NormDistribution(mean, std, 0, 0, 0);
    }
    double beyond = 0;
    for (double norm : norms) {
      beyond += Math.abs(norm - mean) > 3 * std ? 1.0 / norms.length : 0;
    }
    return new NormDistribution(
        mean, std, moments[3] / Math.pow(std, 3), moments[4] / Math.pow(std, 4) - 3, beyond);
  }

  /** The norms themselves, N of them. */
  public static double[] norms(FloatMatrix vectors) {
    return SpaceStatistics.norms(vectors);
  }
}
