// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.options;

import io.github.djlstitch.core.Named;

/** Reduces token states (B, T, D) to one vector per sequence (B, D). Padding never contributes. */
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
   * first token, CLIP's state of the end token, projected. Some checkpoints lack these weights.
   */
  POOLER,
  /** The network's own pooling; vision networks only. */
  OWN;
}
