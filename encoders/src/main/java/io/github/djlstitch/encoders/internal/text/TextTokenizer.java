// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.NativeLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Texts to token ids by a Hugging Face {@code tokenizer.json}, with special tokens, truncated on
 * the right and never padded; the encoder pads. Half a surrogate pair is read as U+FFFD.
 * Thread-safe until closed.
 */
public final class TextTokenizer implements AutoCloseable {
  private static final int REPLACEMENT = 0xfffd;
  private static final long LARGEST = 256L << 20;

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final int maxTokens;
  private final Cleaning cleaning;

  private TextTokenizer(
      Path file, HuggingFaceTokenizer tokenizer, int maxTokens, Cleaning cleaning) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.maxTokens = maxTokens;
    this.cleaning = cleaning;
  }

  /** Opens a tokenizer that does not change texts first. */
  public static TextTokenizer open(Path file, int maxTokens) {
    return open(file, maxTokens, Cleaning.NONE);
  }

  /**
   * Opens a tokenizer.
   *
   * @param maxTokens longest sequence kept, with the special tokens; the file's own limit and
   *     padding are ignored, because published files carry wrong ones
   * @param cleaning applied to every text first
   */
  public static TextTokenizer open(Path file, int maxTokens, Cleaning cleaning) {
    Map<String, String> options =
        Map.of(
            "addSpecialTokens", "true",
            "truncation", "true",
            "padding", "false",
            "modelMaxLength", Integer.toString(maxTokens),
            "maxLength", Integer.toString(maxTokens));
    NativeLibraries.checkTokenizers();
    try (var in = Files.newInputStream(file)) {
      requireReasonable(file);
      var tokenizer = HuggingFaceTokenizer.newInstance(in, options);
      return new TextTokenizer(file, tokenizer, maxTokens, cleaning);
    } catch (StitchException e) {
      throw e;
    } catch (IOException e) {
      throw StitchException.badInput("cannot read tokenizer '%s': %s", file, e.getMessage())
          .because(e);
    } catch (RuntimeException e) { // all that the library throws for a file it does not understand
      throw StitchException.badInput(
              "'%s' is not a tokenizer file: %s; get the file again", file, e.getMessage())
          .because(e);
    }
  }

  /** The longest sequence that it returns, with the special tokens. */
  public int maxTokens() {
    return maxTokens;
  }

  /**
   * The tokenizer as a file that any library reads the same way: with this limit, with padding, and
   * with the steps before it written into it.
   *
   * @param prefix put before every text
   * @param padId token id of padding
   */
  public String portable(String prefix, int padId) {
    return PortableTokenizer.of(file, maxTokens, padId, prefix, cleaning);
  }

  /** The tokens of each text, in order; an empty text gives the special tokens only. */
  public List<Tokens> tokens(List<String> texts) {
    return Arrays.stream(encode(texts)).map(Tokens::of).toList();
  }

  /** The token ids alone. */
  public long[][] ids(List<String> texts) {
    return Arrays.stream(encode(texts)).map(Encoding::getIds).toArray(long[][]::new);
  }

  // The largest published ones, of 250,000 pieces, have less than a tenth of that.
  private static void requireReasonable(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw StitchException.badInput(
          "tokenizer '%s' has %d bytes but may have %d; get the file again",
          file, Files.size(file), LARGEST);
    }
  }

  private Encoding[] encode(List<String> texts) {
    return tokenizer.batchEncode(texts.stream().map(t -> unicode(cleaning.apply(t))).toList());
  }

  private static String unicode(String text) {
    int[] points =
        text.codePoints()
            .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
            .toArray();
    return new String(points, 0, points.length);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
