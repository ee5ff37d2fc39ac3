// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.Named;
import java.util.Optional;

/**
 * A measured value with its significance and interval.
 *
 * @param measure the measure
 * @param value of {@code rows} samples
 * @param rows the number of samples measured: all, unless there are more than {@link
 *     MeasureKind#mostRows}
 * @param chance the values of other pairings of the samples, if tested
 * @param interval 95 % interval of the value, if that was asked for and there are enough samples
 */
public record Measured(
    SpaceMeasure measure,
    double value,
    int rows,
    Optional<Chance> chance,
    Optional<Interval> interval) {

  /**
   * A permutation test of the hypothesis that the pairing of the samples means nothing.
   *
   * @param observed the measure of the tested samples as they are paired
   * @param mean of the measure over the permutations
   * @param std its standard deviation over them (n - 1)
   * @param pValue {@code (1 + count) / (1 + permutations)}, counting the permutations that bring
   *     the spaces at least as close as the pairing does (Phipson and Smyth 2010)
   * @param permutations how many there were
   * @param rows the number of samples tested, a random part if the measure is slow
   */
  public record Chance(
      double observed, double mean, double std, double pValue, int permutations, int rows) {}

  /**
   * A 95 % interval.
   *
   * @param low lower end
   * @param high upper end
   * @param way the method that gave it
   * @param draws the number of random draws
   * @param rows the number of samples in each
   */
  public record Interval(double low, double high, Way way, int draws, int rows) {}

  /** Methods of estimating an interval. */
  public enum Way implements Named {
    /**
     * Percentiles of means of the samples' scores, drawn with replacement (Efron 1979). Neighbors
     * stay those among all samples: a sample drawn twice must not become its own neighbor.
     */
    BOOTSTRAP,
    /**
     * Deviations of the measure over parts of the samples, drawn without replacement, from their
     * mean, times √(m / (N - m)) (Politis, Romano and Wolf 1999, chapter 2): duplicates, which a
     * bootstrap makes, distort everything that compares pairs of samples.
     */
    SUBSAMPLING;
  }
}
