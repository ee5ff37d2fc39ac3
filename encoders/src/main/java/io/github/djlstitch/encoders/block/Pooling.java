// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.block;

import io.github.djlstitch.core.Named;

/**
 * How the token states (B, T, D) of a sequence become its vector (B, D). Padding takes part in none
 * of them.
 */
public enum Pooling implements Named {
  /** The state of the first token. */
  CLS,
  /** The mean over all tokens. */
  MEAN,
  /** The mean over the tokens of the text itself, without the special tokens around it. */
  CONTENT_MEAN,
  /** The largest value of each component over all tokens. */
  MAX,
  /** The sum over all tokens, divided by the square root of their number. */
  MEAN_SQRT_LEN,
  /** The mean over all tokens, weighted by 1, 2, 3... from the first to the last. */
  WEIGHTED_MEAN,
  /** The state of the last token. */
  LAST,
  /**
   * The vector that the network itself was trained to give: BERT's dense layer with tanh on the
   * first token, CLIP's state of the end token, projected. A checkpoint may lack what it takes.
   */
  POOLER,
  /** As the network itself pools, whatever that is; a vision network knows. */
  OWN;
}
