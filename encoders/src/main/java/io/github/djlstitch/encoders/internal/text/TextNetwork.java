// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.nn.Block;
import io.github.djlstitch.core.internal.script.ScriptPart;

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
  /**
   * The network as a part of a TorchScript file: ids and mask (B, T), where the mask is 0 at
   * padding, whose ids do not matter, and 1 elsewhere.
   *
   * @param before number of special tokens in front of every text
   * @param behind number of special tokens behind every text
   * @throws io.github.djlstitch.core.StitchException (usage) if it cannot be exported
   */
  ScriptPart script(int before, int behind);

  /** Width D of the vectors. */
  int width();

  /** The longest sequence T that it reads, in tokens, special ones included. */
  int positions();

  /** The token id at padding. */
  int padId();
}
