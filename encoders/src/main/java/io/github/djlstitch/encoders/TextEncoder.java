// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import ai.djl.modality.Classifications;
import ai.djl.nn.Block;
import ai.djl.translate.Translator;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import java.util.List;

/**
 * A text encoder over a DJL block, which can be put into other DJL models. Thread-safe until
 * closed.
 */
public interface TextEncoder extends Encoder<String> {
  /** The frozen block underneath, ids and mask (B, T) to vectors (B, D), for composition. */
  Block block();

  /**
   * Feeds texts to a DJL model whose first block is {@link #block} and whose output is class scores
   * before softmax, shape (1, C).
   *
   * @param classes C class names, in order
   */
  Translator<String, Classifications> translator(List<String> classes);

  /**
   * This encoder for texts of a role, with the prefix that it has for it, else its usual one. Both
   * share the weights: it is closed with this encoder, and closing it does nothing.
   */
  TextEncoder inRole(Role role);

  /**
   * This encoder, with vectors that do not depend on the other texts of a call: however texts are
   * divided into calls, each has the same vector bit for bit, on processors of one kind and with
   * one number type. Otherwise they agree to about 1e-6, as short texts are padded to the length of
   * longer ones. Takes longer for a few short texts, about as long for thousands. Both share the
   * weights: it is closed with this encoder, and closing it does nothing.
   */
  TextEncoder independent();

  /** Counts the texts that exceeded the token limit so far; only their beginnings were encoded. */
  long truncated();
}
