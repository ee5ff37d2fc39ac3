// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

/** Words for texts that are longer than an encoder reads. */
public final class CutTexts {
  private CutTexts() {}

  /**
   * A remark on a number of texts of which a part was not read: the end, or what a tokenizer cuts.
   */
  public static String remark(String encoder, long texts) {
    return texts == 1
        ? "encoder '" + encoder + "' did not read all of 1 text, which exceeds its token limit"
        : "encoder '%s' did not read all of %d texts, which exceed its token limit"
            .formatted(encoder, texts);
  }
}
