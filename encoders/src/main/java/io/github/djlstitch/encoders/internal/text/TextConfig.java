// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Activation;

/**
 * The configuration of a transformer encoder of the BERT family. Immutable.
 *
 * @param family member of the family
 * @param vocabulary number of token ids
 * @param positions rows of the position table; {@link #maxTokens} of them can be used
 * @param types rows of the token type table, 0 without; only the first is ever used
 * @param width hidden size D, a multiple of {@code heads}
 * @param embeddingWidth width of the embeddings; if it is not D, they are projected to it
 * @param layers number of transformer layers
 * @param heads attention heads of a layer
 * @param intermediate width of the feed-forward layer
 * @param epsilon of every layer norm
 * @param activation of the feed-forward layer
 * @param padId token id of padding
 */
public record TextConfig(
    Family family,
    int vocabulary,
    int positions,
    int types,
    int width,
    int embeddingWidth,
    int layers,
    int heads,
    int intermediate,
    double epsilon,
    Activation activation,
    int padId) {

  /** The members of the family, told apart by embeddings and parameter names. */
  public enum Family {
    /** Devlin et al. 2019, arXiv:1810.04805. */
    BERT(Positions.FROM_START),
    /** Liu et al. 2019, arXiv:1907.11692; also XLM-RoBERTa and CamemBERT. */
    ROBERTA(Positions.AFTER_PADDING),
    /** Clark et al. 2020, arXiv:2003.10555. */
    ELECTRA(Positions.FROM_START),
    /** Sanh et al. 2019, arXiv:1910.01108. */
    DISTILBERT(Positions.FROM_START),
    /** Song et al. 2020, arXiv:2004.09297. */
    MPNET(Positions.AFTER_PADDING_AND_RELATIVE);

    private final Positions positions;

    Family(Positions positions) {
      this.positions = positions;
    }

    /** Returns true if positions are numbered after the padding id, which has a row of its own. */
    boolean skipsPadding() {
      return positions != Positions.FROM_START;
    }

    /** Returns true if attention also has a bias for each distance. */
    boolean hasRelativeBias() {
      return positions == Positions.AFTER_PADDING_AND_RELATIVE;
    }

    private enum Positions {
      FROM_START,
      AFTER_PADDING,
      AFTER_PADDING_AND_RELATIVE
    }
  }

  /** Checks the sizes. */
  public TextConfig {
    boolean positive = vocabulary > 0 && width > 0 && embeddingWidth > 0 && layers > 0 && heads > 0;
    if (!positive || intermediate < 1 || types < 0 || width % heads != 0) {
      throw StitchException.badInput(
          "a %s of width %d with %d heads and %d layers is invalid;"
              + " sizes must be positive and the width a multiple of the heads",
          family, width, heads, layers);
    }
    if (padId < 0 || padId >= vocabulary || positions <= (family.skipsPadding() ? padId + 1 : 0)) {
      throw StitchException.badInput(
          "a %s with %d positions and padding id %d of %d is invalid; it has no room for a token",
          family, positions, padId, vocabulary);
    }
    if (!(epsilon > 0 && epsilon < 1)) {
      throw StitchException.badInput(
          "the epsilon of a layer norm must be between 0 and 1 but is %s", epsilon);
    }
  }

  /** A BERT as published: two token types, exact GELU, padding id 0. */
  public static TextConfig bert(
      int vocabulary,
      int positions,
      int width,
      int layers,
      int heads,
      int intermediate,
      double epsilon) {
    return new TextConfig(
        Family.BERT,
        vocabulary,
        positions,
        2,
        width,
        width,
        layers,
        heads,
        intermediate,
        epsilon,
        Activation.GELU,
        0);
  }

  /**
   * Reads the {@code config.json} of a Hugging Face checkpoint of the kinds bert, roberta,
   * xlm-roberta, camembert, electra, distilbert and mpnet.
   *
   * @throws StitchException (bad input) naming the file and the field that is missing or says what
   *     is not supported
   */
  public static TextConfig of(JsonCard config) {
    return TextConfigReader.read(config);
  }

  /** The longest sequence, in tokens. */
  public int maxTokens() {
    return family.skipsPadding() ? positions - padId - 1 : positions;
  }
}
