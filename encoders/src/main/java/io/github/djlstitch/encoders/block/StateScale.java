// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.block;

import io.github.djlstitch.core.StitchException;

/**
 * A disturbance that shows how much a network depends on the length of its states: those behind a
 * layer are multiplied before the next layer reads them (Maiorca et al. 2024, arXiv:2406.15057,
 * scale invariance).
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

  /** What decides vectors, in words, for digests. */
  public String id() {
    return "states " + layer + " times " + factor;
  }
}
