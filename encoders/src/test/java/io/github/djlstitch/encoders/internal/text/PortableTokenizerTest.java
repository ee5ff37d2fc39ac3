// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import static io.github.djlstitch.encoders.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.encoders.internal.tokenizer.Tokenization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokenizer files that state all, opened by DJL's own class as any program opens them. */
final class PortableTokenizerTest {
  private static final Path TOKENIZERS =
      Path.of("src", "test", "resources", "fixtures", "tokenizers");
  private static final List<String> TEXTS =
      List.of(
          "Hello",
          " \t The QUICK brown Fox  \u3000",
          "\u00dcbung macht den \u00c9l\u00e8ve",
          "one two three four five six seven eight nine ten");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "roberta-bpe, 512, false, false, ''",
    "roberta-bpe, 7, true, false, ''",
    "roberta-bpe, 512, true, true, ''",
    "roberta-bpe, 9, false, true, 'query: '",
    "xlmr-unigram, 512, false, false, ''",
    "xlmr-unigram, 7, true, true, ''",
    "xlmr-unigram, 512, true, false, 'query: '"
  })
  void djlReadsTheSameTokens(
      String name, int limit, boolean strips, boolean lowerCase, String prefix) throws IOException {
    Path file = TOKENIZERS.resolve(name + ".tokenizer.json");
    try (var ours =
        TextTokenizer.open(Tokenization.of(file), limit, new Cleaning(strips, lowerCase))) {
      long[][] expected = ours.ids(TEXTS.stream().map(text -> prefix + text).toList());
      Path portable = Files.writeString(folder.resolve("tokenizer.json"), ours.portable(prefix, 1));
      String most = Integer.toString(limit);
      var settings = Map.of("maxLength", most, "modelMaxLength", most);
      var builder = HuggingFaceTokenizer.builder(settings).optTokenizerPath(portable);
      try (HuggingFaceTokenizer theirs = builder.build()) {
        for (int i = 0; i < expected.length; i++) {
          assertArrayEquals(expected[i], theirs.encode(TEXTS.get(i)).getIds(), TEXTS.get(i));
        }
        Encoding[] together = theirs.batchEncode(TEXTS);
        for (int i = 0; i < expected.length; i++) {
          long[] padded = Arrays.copyOf(expected[i], together[i].getIds().length);
          Arrays.fill(padded, expected[i].length, padded.length, 1);
          assertArrayEquals(padded, together[i].getIds(), TEXTS.get(i));
        }
      }
    }
  }

  @Test
  void aFileThatIsNoneIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), "[1]");
    refused(
        "is not a JSON object",
        Kind.BAD_INPUT,
        () -> PortableTokenizer.of(Tokenization.of(file), 5, 0, "", Cleaning.NONE));
  }
}
