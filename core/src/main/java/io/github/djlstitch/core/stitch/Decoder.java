// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;

/** A trained head and the space it reads. Implementations are immutable and thread-safe. */
public interface Decoder {
  /** Returns the vectors that it reads and the space that it was trained on. */
  DecoderSpec spec();

  /**
   * Decodes.
   *
   * @param inputs rows of the space that {@link #spec} names, shape (N, width); N may be 0
   * @return class scores before softmax, shape (N, C), in the order of the rows
   * @throws io.github.djlstitch.core.StitchException (bad input) if the inputs have another width
   *     or a value that is not finite, naming the first such row
   */
  FloatMatrix decode(FloatMatrix inputs);
}
