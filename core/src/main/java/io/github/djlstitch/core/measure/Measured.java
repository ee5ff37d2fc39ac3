// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
   * A permutation test of the hypothesis that the pairing of the samples means nothing, or, where
   * {@link MeasureKind#comparesPairs} is false, the structure of the second space.
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

  /**
   * Tests if two spaces are aligned: if their pairing brings them closer than random ones do, by
   * all measures together.
   *
   * <p>Measures that compare coordinates count only if there is no other: two spaces whose axes
   * have nothing in common may be aligned all the same. Those that do not depend on the pairing
   * never count. Of n p-values the k-th smallest, k = n/2 rounded up, times n/k is itself a valid
   * p-value however the measures depend on each other (Rüger 1978; Vovk and Wang 2020,
   * arXiv:1212.4966), so more measures do not mean more false alarms.
   */
  public static final class PairingTest {
    /** Spaces are aligned if the common p-value is at most this. */
    public static final double LEVEL = .05;

    /** With fewer permutations the common p-value may never get down to {@link #LEVEL}. */
    public static final int FEWEST_PERMUTATIONS = 39;

    private PairingTest() {}

    /** Combines the p-values of all tests; empty if there is none. */
    public static OptionalDouble pValue(List<Measured> measured) {
      List<Measured> tested =
          measured.stream()
              .filter(m -> m.chance().isPresent() && m.measure().kind().comparesPairs())
              .toList();
      List<Measured> own =
          tested.stream().filter(m -> !m.measure().kind().needsSharedFrame()).toList();
      double[] values =
          (own.isEmpty() ? tested : own)
              .stream().mapToDouble(m -> m.chance().orElseThrow().pValue()).sorted().toArray();
      if (values.length == 0) {
        return OptionalDouble.empty();
      }
      int k = (values.length + 1) / 2;
      double factor = values.length / (double) k; // rounded first: never above 2
      return OptionalDouble.of(Math.min(1, values[k - 1] * factor));
    }

    /**
     * Refuses a number of permutations too small for a verdict.
     *
     * @throws StitchException (usage) unless it is 0 or at least {@link #FEWEST_PERMUTATIONS}
     */
    public static void requireEnough(int permutations) {
      if (permutations != 0 && permutations < FEWEST_PERMUTATIONS) {
        throw StitchException.usage(
            "%d permutations; expected 0, for no test, or at least %d, to tell p %s from chance",
            permutations, FEWEST_PERMUTATIONS, LEVEL);
      }
    }
  }
}
