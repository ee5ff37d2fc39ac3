// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.Arrays;
import java.util.List;

/**
 * Assigns vectors to the population whose density is highest there (a likelihood ratio of normal
 * distributions) and counts them. Not thread-safe.
 */
public final class LikeliestCard {
  private static final int ASSIGNED = 1000; // rows of which none is taken to be assigned wrongly

  private final List<VectorPopulation> populations;
  private final long[] counts;
  private long unusable;

  private LikeliestCard(List<VectorPopulation> populations) {
    this.populations = populations;
    this.counts = new long[populations.size()];
  }

  /**
   * Starts to count.
   *
   * @param populations two or more, all of one width
   * @throws StitchException (bad input) if they are fewer or of several widths
   */
  public static LikeliestCard of(List<VectorPopulation> populations) {
    long widths = populations.stream().map(VectorPopulation::width).distinct().count();
    if (populations.size() < 2 || widths != 1) {
      throw StitchException.badInput(
          "%d cards of %d widths; expected two or more of one width", populations.size(), widths);
    }
    return new LikeliestCard(List.copyOf(populations));
  }

  /**
   * Assigns the next rows, shape (B, D).
   *
   * @return the number of each row's population, from 0; -1 for a row that is not finite
   */
  public int[] add(FloatMatrix block) {
    int[] nearest = new int[block.rows()];
    double[] least = new double[block.rows()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(nearest, -1);
    for (int card = 0; card < populations.size(); card++) {
      VectorPopulation population = populations.get(card);
      double[] found = population.surprise(population.distances(block));
      for (int i = 0; i < found.length; i++) {
        if (found[i] < least[i]) {
          least[i] = found[i];
          nearest[i] = card;
        }
      }
    }
    for (int card : nearest) {
      if (card < 0) {
        unusable++;
      } else {
        counts[card]++;
      }
    }
    return nearest;
  }

  /** Counts the rows of each population. */
  public long[] counts() {
    return counts.clone();
  }

  /** Counts the rows that were not finite. */
  public long unusable() {
    return unusable;
  }

  /**
   * Tells if rows of several populations are there: more of a second one than chance gives in as
   * many rows, if none of a thousand were assigned wrongly.
   */
  public boolean isMixed() {
    long all = 0;
    long most = 0;
    for (long count : counts) {
      all += count;
      most = Math.max(most, count);
    }
    long others = all - most;
    return others > 0 && Counts.atLeast(others, all, 0, ASSIGNED) <= ForeignVectors.FALSE_ALARMS;
  }
}
