// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.huggingface.tokenizers.Encoding;
import java.util.Arrays;

/** The token ids and the mask of one text. Immutable. */
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

  /**
   * These tokens without so many behind the first few that the rest fits; the first few are special
   * tokens.
   */
  Tokens lastOf(int most, int first) {
    int from = ids.length - most + first;
    long[] keptIds = Arrays.copyOf(ids, most);
    long[] keptMask = Arrays.copyOf(mask, most);
    System.arraycopy(ids, from, keptIds, first, most - first);
    System.arraycopy(mask, from, keptMask, first, most - first);
    return new Tokens(keptIds, keptMask, true);
  }

  /** A copy of the T token ids. */
  long[] ids() {
    return ids.clone();
  }

  /** The number of tokens, T. */
  public int length() {
    return ids.length;
  }

  /** Returns true if the text exceeded the token limit and lost some. */
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
