// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What carries one encoder's vectors to another encoder's decoder. Immutable and thread-safe.
 *
 * @param map vectors as the encoder gave them (N, D) to the decoder's inputs (N, width)
 * @param parameters how many numbers it takes, those of both halves together
 * @param diagnostics named numbers about it, for reports
 */
public record Bridge(
    UnaryOperator<FloatMatrix> map, long parameters, Map<String, Double> diagnostics) {
  /** Takes a copy of the diagnostics. */
  public Bridge {
    diagnostics = Map.copyOf(diagnostics);
  }

  /** Carries vectors over. */
  public FloatMatrix apply(FloatMatrix vectors) {
    return map.apply(vectors);
  }
}
