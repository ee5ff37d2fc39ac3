// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.NativeLibraries;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.encoders.internal.tokenizer.Tokenization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Texts to token ids by a Hugging Face {@code tokenizer.json}, with special tokens, truncated and
 * never padded; the encoder pads. Half a surrogate pair is read as U+FFFD. Thread-safe until
 * closed.
 *
 * <p>The native library, which ends the process where it is surprised, reads nothing but what
 * {@link Tokenization} wrote.
 */
public final class TextTokenizer implements AutoCloseable {
  private static final int REPLACEMENT = 0xfffd;

  private final HuggingFaceTokenizer tokenizer;
  private final Tokenization tokenization;
  private final int maxTokens;
  private final Cleaning cleaning;

  private TextTokenizer(
      HuggingFaceTokenizer tokenizer, Tokenization tokenization, int maxTokens, Cleaning cleaning) {
    this.tokenizer = tokenizer;
    this.tokenization = tokenization;
    this.maxTokens = maxTokens;
    this.cleaning = cleaning;
  }

  /** Opens a tokenizer that does not change texts first. */
  public static TextTokenizer open(Path file, int maxTokens) {
    return open(Tokenization.of(file), maxTokens, Cleaning.NONE);
  }

  /**
   * Opens a tokenizer.
   *
   * @param maxTokens longest sequence kept, with the special tokens; the file's own limit and
   *     padding are ignored, because published files carry wrong ones
   * @param cleaning applied to every text first
   * @throws StitchException (bad input) if the limit leaves no room for a text
   */
  public static TextTokenizer open(Tokenization tokenization, int maxTokens, Cleaning cleaning) {
    requireRoom(tokenization, maxTokens);
    boolean cut = !tokenization.truncatesLeft(); // the library cuts at the right only
    Map<String, String> options =
        Map.of(
            "addSpecialTokens",
            "true",
            "truncation",
            cut ? "true" : "do_not_truncate",
            "padding",
            "false",
            "modelMaxLength",
            Integer.toString(maxTokens),
            "maxLength",
            Integer.toString(maxTokens));
    NativeLibraries.checkTokenizers();
    try (var in = new ByteArrayInputStream(tokenization.json().getBytes(StandardCharsets.UTF_8))) {
      var tokenizer = HuggingFaceTokenizer.newInstance(in, options);
      return new TextTokenizer(tokenizer, tokenization, maxTokens, cleaning);
    } catch (IOException | RuntimeException e) { // all that the library throws
      throw StitchException.badInput(
              "'%s' is no tokenizer that can be used here: %s; get the file again",
              tokenization.file(), Printable.of(String.valueOf(e.getMessage())))
          .because(e);
    }
  }

  private static void requireRoom(Tokenization tokenization, int maxTokens) {
    if (maxTokens <= tokenization.specials()) {
      throw StitchException.badInput(
          "'%s' puts %d special tokens around every text, so a limit of %d leaves no room for a"
              + " token of the text; raise max_seq_length or model_max_length to %d or more",
          tokenization.file(), tokenization.specials(), maxTokens, tokenization.specials() + 1);
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
    return PortableTokenizer.of(tokenization, maxTokens, padId, prefix, cleaning);
  }

  /** Returns true if texts beyond the limit lose their beginning, not their end. */
  public boolean truncatesLeft() {
    return tokenization.truncatesLeft();
  }

  /** The tokens of each text, in order; an empty text gives the special tokens only. */
  public List<Tokens> tokens(List<String> texts) {
    return Arrays.stream(encode(texts)).map(this::limited).toList();
  }

  /** The token ids alone. */
  public long[][] ids(List<String> texts) {
    return tokens(texts).stream().map(Tokens::ids).toArray(long[][]::new);
  }

  private Tokens limited(Encoding encoding) {
    Tokens tokens = Tokens.of(encoding);
    return tokens.length() <= maxTokens ? tokens : tokens.lastOf(maxTokens, tokenization.before());
  }

  private Encoding[] encode(List<String> texts) {
    try {
      return tokenizer.batchEncode(texts.stream().map(t -> unicode(cleaning.apply(t))).toList());
    } catch (RuntimeException e) { // all that the library throws
      throw StitchException.badInput(
              "the tokenizer '%s' cannot cut a text: %s; get the file again",
              tokenization.file(), Printable.of(String.valueOf(e.getMessage())))
          .because(e);
    }
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
