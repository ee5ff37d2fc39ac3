// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import java.util.function.Supplier;

/** Gives the head of a specification: a kept one, or one trained now. */
@FunctionalInterface
public interface HeadSource {
  /**
   * The head.
   *
   * @param spec what the head must be
   * @param inputs training inputs, shape (N, width), asked for only if the head must be trained
   * @param labels N label indices
   */
  Decoder head(DecoderSpec spec, Supplier<FloatMatrix> inputs, int[] labels);
}
