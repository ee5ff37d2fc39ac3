// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;

/** A trained head and the space it reads. Implementations are immutable and thread-safe. */
public interface Decoder {
  /** What it reads and what it was trained on. */
  DecoderSpec spec();

  /**
   * Decodes.
   *
   * @param inputs rows of the space that {@link #spec} names, shape (N, width)
   * @return class scores before softmax, shape (N, C)
   */
  FloatMatrix decode(FloatMatrix inputs);
}
