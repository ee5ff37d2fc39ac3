// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;

/**
 * Counts the vectors of an index that are farther from a population than its own ever are. Whether
 * they are too many to be chance is told by an exact test against the population's held-out
 * vectors, at three thresholds: beyond all of those, beyond all but one in 200, and beyond all but
 * one in 100. Memory does not grow with the rows. Not thread-safe.
 *
 * <p>Meaningful only for a population of the same data: on vectors of other data by the same
 * encoder half of the rows and more are beyond.
 */
public final class ForeignVectors {
  /** The chance of a false alarm, of all three tests together. */
  public static final double FALSE_ALARMS = .005;

  private static final double CONFIDENCE = .95;
  private static final double[] TOLERATED = {0, .005, .01};

  private final VectorPopulation population;
  private final double[] thresholds = new double[TOLERATED.length];
  private final long[] expected = new long[TOLERATED.length];
  private final long[] beyond = new long[TOLERATED.length];
  private long rows;
  private long unusable;

  /**
   * The finding.
   *
   * @param rows counted; those that are not finite or zero are not
   * @param unusable rows that are not finite or zero
   * @param beyond rows beyond the threshold at which the most stand out
   * @param threshold that squared distance
   * @param expected how many of as many own rows would be beyond it
   * @param low lower end of the 95 % interval of the share of rows beyond (Clopper and Pearson)
   * @param high upper end of that interval
   * @param pValue how often as many would be beyond by chance; three times that of the best test
   */
  public record Finding(
      long rows,
      long unusable,
      long beyond,
      double threshold,
      double expected,
      double low,
      double high,
      double pValue) {
    /** Tells if there are vectors of something else. */
    public boolean foreign() {
      return pValue <= FALSE_ALARMS;
    }

    /** The share of rows beyond the threshold. */
    public double share() {
      return rows == 0 ? 0 : (double) beyond / rows;
    }
  }

  private ForeignVectors(VectorPopulation population) {
    this.population = population;
    double[] own = population.heldOut();
    for (int i = 0; i < TOLERATED.length; i++) {
      int tolerated = (int) (TOLERATED[i] * own.length);
      expected[i] = tolerated;
      thresholds[i] = own[own.length - 1 - tolerated];
    }
  }

  /** Starts to count. */
  public static ForeignVectors countedBy(VectorPopulation population) {
    return new ForeignVectors(population);
  }

  /**
   * The lower end of the 95 % interval of a share (Clopper and Pearson 1934).
   *
   * @param count how many were found, 0 to {@code of}
   * @param of how many were looked at, 1 or more
   */
  public static double leastShare(long count, long of) {
    return Counts.interval(count, of, CONFIDENCE)[0];
  }

  /** The squared distances of the three tests, the largest first. */
  public double[] thresholds() {
    return thresholds.clone();
  }

  /**
   * Adds rows that were counted elsewhere, such as on another machine.
   *
   * @param counted rows that are finite and not zero
   * @param others rows that are not
   * @param far how many of the counted ones are beyond each of the {@link #thresholds}
   * @throws StitchException (bad input) if there are not three of those
   */
  public void addCounts(long counted, long others, long... far) {
    if (far.length != beyond.length) {
      throw StitchException.badInput(
          "%d counts of rows beyond a threshold; expected %d", far.length, beyond.length);
    }
    rows += counted;
    unusable += others;
    for (int i = 0; i < far.length; i++) {
      beyond[i] += far[i];
    }
  }

  /** The squared distance beyond which no held-out vector of the population was. */
  public double threshold() {
    return thresholds[0];
  }

  /**
   * Counts the next rows, shape (B, D).
   *
   * @return their squared distances; NaN for rows that are not finite or zero
   * @throws StitchException (bad input) if they have another width
   */
  public double[] add(FloatMatrix block) {
    double[] found = population.distances(block);
    for (int i = 0; i < found.length; i++) {
      if (Double.isNaN(found[i]) || isZero(block, i)) {
        unusable++;
        found[i] = Double.NaN;
      } else {
        count(found[i]);
      }
    }
    return found;
  }

  private void count(double distance) {
    rows++;
    for (int i = 0; i < thresholds.length; i++) {
      beyond[i] += distance > thresholds[i] ? 1 : 0;
    }
  }

  private static boolean isZero(FloatMatrix block, int row) {
    for (int j = 0; j < block.columns(); j++) {
      if (block.get(row, j) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The finding in all rows so far. */
  public Finding finding() {
    int own = population.heldOut().length;
    int best = 0;
    double least = 1;
    for (int i = 0; i < thresholds.length; i++) {
      double p = rows == 0 ? 1 : Counts.atLeast(beyond[i], rows, expected[i], own);
      if (p < least) {
        least = p;
        best = i;
      }
    }
    double[] interval = Counts.interval(beyond[best], Math.max(1, rows), CONFIDENCE);
    return new Finding(
        rows,
        unusable,
        beyond[best],
        thresholds[best],
        (double) expected[best] * rows / own,
        interval[0],
        interval[1],
        Math.min(1, thresholds.length * least));
  }
}
