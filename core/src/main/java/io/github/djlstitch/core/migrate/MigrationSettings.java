// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.StitchException;
import java.util.List;

/**
 * Numbers of a plan.
 *
 * @param sample how many stored texts the bridges are fitted on
 * @param sides that are planned, in the order of the report
 * @param depths how many first results are ranked again, each a row of the report
 * @param failUnder the share of full re-embedding that is asked for where the old encoder is gone
 * @param seed of the sample and of the intervals
 */
public record MigrationSettings(
    int sample, List<Side> sides, List<Integer> depths, double failUnder, long seed) {
  /** The sample if no number is given. */
  public static final int DEFAULT_SAMPLE = 1000;

  /** The share of full re-embedding if none is given. */
  public static final double DEFAULT_SHARE = .95;

  /** First results that are ranked again if no depths are given. */
  public static final List<Integer> DEFAULT_DEPTHS = List.of(20, 50);

  /** The fewest texts that a bridge is fitted on: those of a population. */
  public static final int FEWEST = VectorPopulation.FEWEST;

  /** Results of the old index that are encoded again for each query, to know the ceiling. */
  public static final int POOL = 100;

  /** Checks the ranges. */
  public MigrationSettings {
    sides = List.copyOf(sides);
    depths = List.copyOf(depths);
    if (sample < FEWEST || sides.isEmpty()) {
      throw StitchException.usage(
          "a plan from %d texts for %d sides; expected %d texts or more and a side",
          sample, sides.size(), FEWEST);
    }
    if (!(failUnder > 0 && failUnder <= 1) || depths.stream().anyMatch(d -> d < 1 || d > POOL)) {
      throw StitchException.usage(
          "a plan that fails under %s and ranks %s again; expected a share from 0 to 1 and 1 to %d",
          failUnder, depths, POOL);
    }
  }

  /** The default numbers for both sides. */
  public static MigrationSettings defaults() {
    return new MigrationSettings(
        DEFAULT_SAMPLE, List.of(Side.values()), DEFAULT_DEPTHS, DEFAULT_SHARE, 0);
  }
}
