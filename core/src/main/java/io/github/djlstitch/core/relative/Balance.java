// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.Diagnostics;
import java.util.Map;

/**
 * The weights of the balanced codec, by the number of anchors for each dimension. With few, the
 * composition of two codecs is close to orthogonal (split 1/2, as in a Parseval frame), which
 * amplifies nothing; with more it moves half way to regression (split 1), which follows the data.
 * Found on TREC, WordNet and SIB-200: docs/findings.md.
 *
 * @param rank principal components of the space's data that are used: 0.7 for each of M anchors, at
 *     least 1, at most the width D and one less than there are data
 * @param split where the inverse is taken, see {@link SpectralGains}: {@code 1/2 + min(1, M/D) / 4}
 * @param lambda ridge weight in units of the anchors' mean squared length per component: {@code 0.1
 *     + 0.2 min(1, M/D)}
 */
record Balance(int rank, double split, double lambda) {
  private static final double COMPONENTS_PER_ANCHOR = 0.7;
  private static final double FEWEST_SPLIT = 0.5;
  private static final double MORE_SPLIT = 0.25;
  private static final double FEWEST_LAMBDA = 0.1;
  private static final double MORE_LAMBDA = 0.2;

  /** For so many anchors in a space of that width, of which so many data are known. */
  static Balance of(int anchors, int width, int data) {
    double share = Math.min(1, (double) anchors / width);
    int most = Math.max(1, Math.min(width, data - 1));
    int rank = (int) Math.round(COMPONENTS_PER_ANCHOR * anchors);
    return new Balance(
        Math.max(1, Math.min(rank, most)),
        FEWEST_SPLIT + MORE_SPLIT * share,
        FEWEST_LAMBDA + MORE_LAMBDA * share);
  }

  SpectralGains gains(double tolerance) {
    return new SpectralGains(0, lambda, split, tolerance);
  }

  Map<String, Double> numbers() {
    return Map.of(
        Diagnostics.COMPONENTS,
        (double) rank,
        Diagnostics.SPLIT,
        split,
        Diagnostics.LAMBDA,
        lambda);
  }
}
