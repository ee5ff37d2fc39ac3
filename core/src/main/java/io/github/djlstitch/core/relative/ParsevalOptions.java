// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.StitchException;

/**
 * Parameters of the Parseval codec.
 *
 * @param rank how many principal components of the space's data are used; 0 lets {@link #rankFor}
 *     choose by the number of anchors
 * @param power how far components are whitened, from 0 (not at all) to 0.5 (fully)
 * @param lambda ridge weight in units of the anchors' mean squared length per component, 0 or more
 */
public record ParsevalOptions(int rank, double power, double lambda) {
  /** Ridge weight if none is given. */
  public static final double DEFAULT_LAMBDA = 0.1;

  /** Rank if none is given: {@link #rankFor} chooses. */
  public static final int DEFAULT_RANK = 0;

  /** Whitening if none is given: not at all. */
  public static final double DEFAULT_POWER = 0;

  // Found on TREC and WordNet: A/2 components at 50 and 100 anchors, A/3 at 300, A/4 at 768.
  private static final double[] ANCHORS = {100, 300, 768};
  private static final double[] ANCHORS_PER_COMPONENT = {2, 3, 4};
  private static final double FULLY_WHITE = 0.5;

  /** Checks the ranges. */
  public ParsevalOptions {
    if (rank < 0
        || !(power >= 0 && power <= FULLY_WHITE)
        || !(lambda >= 0 && Double.isFinite(lambda))) {
      throw StitchException.usage(
          "Parseval codec with rank %d, power %s, lambda %s; expected a rank of 0 or more, a power"
              + " from 0 to 0.5 and a lambda of 0 or more",
          rank, power, lambda);
    }
  }

  /** Rank by the number of anchors, no whitening, lambda 0.1. */
  public static ParsevalOptions defaults() {
    return new ParsevalOptions(DEFAULT_RANK, DEFAULT_POWER, DEFAULT_LAMBDA);
  }

  /** With so many components. */
  public ParsevalOptions withRank(int components) {
    return new ParsevalOptions(components, power, lambda);
  }

  /** With another ridge weight. */
  public ParsevalOptions withLambda(double weight) {
    return new ParsevalOptions(rank, power, weight);
  }

  /**
   * How many components for so many anchors: half as many up to 100, a third of 300, a quarter of
   * 768 and more; between these the divisor grows linearly with the logarithm of the number. Never
   * more than there are anchors, dimensions or data.
   */
  public int rankFor(int anchors, int width, int data) {
    int most = Math.max(1, Math.min(Math.min(anchors, width), data - 1));
    int wanted = rank > 0 ? rank : (int) Math.round(anchors / divisor(anchors));
    return Math.max(1, Math.min(wanted, most));
  }

  private static double divisor(int anchors) {
    double at = Math.log(Math.max(ANCHORS[0], Math.min(anchors, ANCHORS[ANCHORS.length - 1])));
    int i = at <= Math.log(ANCHORS[1]) ? 0 : 1;
    double from = Math.log(ANCHORS[i]);
    double share = (at - from) / (Math.log(ANCHORS[i + 1]) - from);
    return ANCHORS_PER_COMPONENT[i]
        + share * (ANCHORS_PER_COMPONENT[i + 1] - ANCHORS_PER_COMPONENT[i]);
  }
}
