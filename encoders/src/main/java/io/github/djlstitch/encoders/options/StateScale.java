// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.options;

import io.github.djlstitch.core.StitchException;

/**
 * Multiplies the states behind a layer before the next layer reads them, to measure how much a
 * network depends on their length (Maiorca et al. 2024, arXiv:2406.15057, scale invariance).
 *
 * @param layer whose output is multiplied, from 0 (embeddings)
 * @param factor above 0; 1 changes nothing
 */
public record StateScale(int layer, double factor) {
  /** Checks the ranges. */
  public StateScale {
    if (layer < 0 || !(factor > 0) || Double.isInfinite(factor)) {
      throw StitchException.usage(
          "states of layer %d times %s; expected a layer from 0 and a factor above 0",
          layer, factor);
    }
  }

  /** Describes the layer and the factor, for digests of vectors. */
  public String id() {
    return "states " + layer + " times " + factor;
  }
}
