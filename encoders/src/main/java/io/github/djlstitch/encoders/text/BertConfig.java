// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.text;

import io.github.djlstitch.core.StitchException;

/**
 * The sizes of a BERT (Devlin et al. 2019, arXiv:1810.04805).
 *
 * @param vocabulary number of word pieces
 * @param positions longest sequence, in tokens
 * @param width hidden size D, a multiple of {@code heads}
 * @param layers number of transformer layers
 * @param heads attention heads of a layer
 * @param intermediate width of the feed-forward layer
 * @param epsilon of every layer norm
 */
public record BertConfig(
    int vocabulary,
    int positions,
    int width,
    int layers,
    int heads,
    int intermediate,
    double epsilon) {

  /** Checks the sizes. */
  public BertConfig {
    boolean positive =
        vocabulary > 0 && positions > 0 && layers > 0 && heads > 0 && intermediate > 0;
    if (!positive || width % heads != 0 || width < heads) {
      throw StitchException.badInput(
          "a BERT of width %d with %d heads and %d layers cannot be;"
              + " sizes must be positive and the width a multiple of the heads",
          width, heads, layers);
    }
  }
}
