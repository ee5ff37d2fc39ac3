// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Texts to token ids by a Hugging Face {@code tokenizer.json}, with special tokens, truncated on
 * the right and never padded: padding is the encoder's business. Thread-safe until closed.
 */
public final class TextTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final int maxTokens;

  private TextTokenizer(HuggingFaceTokenizer tokenizer, int maxTokens) {
    this.tokenizer = tokenizer;
    this.maxTokens = maxTokens;
  }

  /**
   * Opens a tokenizer.
   *
   * @param maxTokens longest sequence kept, with the special tokens; the file's own limit and
   *     padding are ignored, because published files carry wrong ones
   */
  public static TextTokenizer open(Path file, int maxTokens) {
    Map<String, String> options =
        Map.of(
            "addSpecialTokens", "true",
            "truncation", "true",
            "padding", "false",
            "modelMaxLength", Integer.toString(maxTokens),
            "maxLength", Integer.toString(maxTokens));
    try (var in = Files.newInputStream(file)) {
      return new TextTokenizer(HuggingFaceTokenizer.newInstance(in, options), maxTokens);
    } catch (IOException e) {
      throw StitchException.badInput("cannot read tokenizer '%s': %s", file, e.getMessage())
          .because(e);
    } catch (RuntimeException e) { // all that the library throws for a file it does not understand
      throw StitchException.badInput(
              "'%s' is not a tokenizer file: %s; get the file again", file, e.getMessage())
          .because(e);
    }
  }

  /** The longest sequence that it gives, with the special tokens. */
  public int maxTokens() {
    return maxTokens;
  }

  /** The ids of each text, in order; an empty text gives the special tokens only. */
  public long[][] ids(List<String> texts) {
    Encoding[] encodings = tokenizer.batchEncode(texts);
    long[][] ids = new long[encodings.length][];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = encodings[i].getIds();
    }
    return ids;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
