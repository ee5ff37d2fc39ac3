// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.text;

import ai.djl.huggingface.tokenizers.Encoding;

/** One text as a tokenizer gives it to a network. */
public final class Tokens {
  private final long[] ids;
  private final long[] mask;
  private final boolean truncated;

  private Tokens(long[] ids, long[] mask, boolean truncated) {
    this.ids = ids;
    this.mask = mask;
    this.truncated = truncated;
  }

  static Tokens of(Encoding encoding) {
    long[] mask = encoding.getSpecialTokenMask();
    for (int i = 0; i < mask.length; i++) {
      mask[i]++;
    }
    return new Tokens(encoding.getIds(), mask, encoding.exceedMaxLength());
  }

  /** The number of tokens, T. */
  public int length() {
    return ids.length;
  }

  /** Whether the text was longer than the limit, so that its end is missing. */
  public boolean truncated() {
    return truncated;
  }

  /** Copies the T token ids to a place in a batch. */
  public void copyIds(long[] target, int offset) {
    System.arraycopy(ids, 0, target, offset, ids.length);
  }

  /** Copies the mask of a {@link TextNetwork}: T times 1, or 2 at special tokens. */
  public void copyMask(long[] target, int offset) {
    System.arraycopy(mask, 0, target, offset, mask.length);
  }
}
