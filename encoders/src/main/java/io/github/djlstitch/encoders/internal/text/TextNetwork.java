// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.nn.Block;

/**
 * A frozen network from texts to vectors: token ids and mask (B, T), int64, to vectors (B, D),
 * float32.
 *
 * <p>The mask is 0 at padding, 2 at the special tokens around a text and 1 at its own tokens; where
 * nothing asks for {@link io.github.djlstitch.encoders.options.Pooling#CONTENT_MEAN}, special
 * tokens may be 1 as well. Padding changes no vector, but it must bear the id {@link #padId},
 * because some networks number positions by it. Implementations are thread-safe once loaded.
 */
public interface TextNetwork extends Block {
  /** Width D of the vectors. */
  int width();

  /** The longest sequence T that it reads, in tokens, special ones included. */
  int positions();

  /** The token id at padding. */
  int padId();
}
