// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.NormStatistics;

/**
 * The distribution of the Euclidean norms of a space's vectors. A normal distribution has skewness
 * and excess kurtosis 0 and .0027 of its values beyond three standard deviations.
 *
 * @param mean mean norm
 * @param std standard deviation, divided by N
 * @param skewness third standardized moment; 0 if all norms are equal
 * @param excessKurtosis fourth standardized moment minus 3; 0 if all norms are equal
 * @param beyondThree share of the norms farther than 3 standard deviations from the mean
 */
public record NormDistribution(
    double mean, double std, double skewness, double excessKurtosis, double beyondThree) {
  // Rounding of unit vectors in float32 is no spread.
  private static final double ROUNDING = 1e-6;

  /**
   * Describes vectors as the encoder gave them, shape (N, D).
   *
   * @throws StitchException (bad input) if there is no row or a value is not finite
   */
  public static NormDistribution of(FloatMatrix vectors) {
    if (vectors.rows() == 0 || vectors.firstNonFiniteRow().isPresent()) {
      throw StitchException.badInput(
          "norms need at least 1 vector and finite values but got %s", vectors);
    }
    double[] norms = NormStatistics.norms(vectors);
    var spread = NormStatistics.of(norms);
    double mean = spread.mean();
    double std = spread.std();
    if (std <= ROUNDING * mean) {
      return new NormDistribution(mean, std, 0, 0, 0);
    }
    double third = 0;
    double fourth = 0;
    double beyond = 0;
    for (double norm : norms) {
      double away = (norm - mean) / std;
      third += Math.pow(away, 3) / norms.length;
      fourth += Math.pow(away, 4) / norms.length;
      beyond += Math.abs(norm - mean) > 3 * std ? 1.0 / norms.length : 0;
    }
    return new NormDistribution(mean, std, third, fourth - 3, beyond);
  }
}
