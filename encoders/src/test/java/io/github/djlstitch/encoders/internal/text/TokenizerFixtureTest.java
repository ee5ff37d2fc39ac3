// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.encoders.internal.tokenizer.Tokenization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RoBERTa's and XLM-RoBERTa's kinds of tokenizer against the reference. */
class TokenizerFixtureTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "fixtures", "tokenizers");

  // Pairs in the files are left out: no encoder here reads two texts at once.
  @ParameterizedTest
  @ValueSource(strings = {"roberta-bpe", "xlmr-unigram"})
  void idsAreThoseOfTheReference(String name) throws IOException {
    int compared = 0;
    for (JsonElement element : expected(name)) {
      JsonObject expected = element.getAsJsonObject();
      if (!expected.has("pair")) {
        int limit = expected.has("truncation") ? expected.get("truncation").getAsInt() : 512;
        String text = expected.get("text").getAsString();
        long[] ids = longs(expected.get("ids"));
        try (TextTokenizer tokenizer = open(name, limit)) {
          assertArrayEquals(ids, tokenizer.ids(List.of(text))[0], text);
          Tokens tokens = tokenizer.tokens(List.of("", text)).get(1);
          assertEquals(ids.length, tokens.length());
          assertEquals(expected.has("truncation"), tokens.truncated(), text);
          long[] copy = new long[ids.length];
          tokens.copyIds(copy, 0);
          assertArrayEquals(ids, copy);
        }
        compared++;
      }
    }
    assertEquals(15, compared);
  }

  @ParameterizedTest
  @ValueSource(strings = {"roberta-bpe", "xlmr-unigram"})
  void theMaskTellsSpecialTokensFromTheText(String name) {
    try (TextTokenizer tokenizer = open(name, 512)) {
      for (Tokens tokens : tokenizer.tokens(List.of("", "a", "Hello world"))) {
        long[] mask = new long[tokens.length()];
        tokens.copyMask(mask, 0);
        for (int i = 0; i < mask.length; i++) {
          assertEquals(i == 0 || i == mask.length - 1 ? 2 : 1, mask[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"roberta-bpe", "xlmr-unigram"})
  void aMegabyteIsCutAtTheLimitAndSaysSo(String name) {
    String text = "Hello world ".repeat(100_000);
    try (TextTokenizer tokenizer = open(name, 512)) {
      Tokens tokens = tokenizer.tokens(List.of(text)).get(0);
      assertEquals(512, tokens.length());
      assertTrue(tokens.truncated());
      assertFalse(tokenizer.tokens(List.of("Hello")).get(0).truncated());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "roberta-bpe, lone \ud83d high",
    "roberta-bpe, \udc69",
    "xlmr-unigram, lone \ud83d high",
    "xlmr-unigram, \udc69\ud83d",
  })
  void halfASurrogatePairCountsAsTheReplacementCharacter(String name, String text) {
    String replaced = text.replaceAll("[\ud800-\udfff]", "\ufffd");
    assertFalse(text.equals(replaced));
    try (TextTokenizer tokenizer = open(name, 512)) {
      long[][] ids = tokenizer.ids(List.of(text, replaced));
      assertArrayEquals(ids[1], ids[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "NUL \u0000 inside",
        "👩‍👩‍👧 ok",
        "نص عربي",
        "שלום",
        "\u0600\u0601\u0602"
      })
  void everyTextHasTokensBetweenTheSpecialOnes(String text) {
    for (String name : List.of("roberta-bpe", "xlmr-unigram")) {
      try (TextTokenizer tokenizer = open(name, 512)) {
        long[] ids = tokenizer.ids(List.of(text))[0];
        assertTrue(ids.length >= 2, name);
        assertEquals(0, ids[0]);
        assertEquals(2, ids[ids.length - 1]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"roberta-bpe", "xlmr-unigram"})
  void textsAreCleanedFirst(String name) {
    try (TextTokenizer plain = open(name, 512);
        TextTokenizer lower =
            TextTokenizer.open(Tokenization.of(file(name)), 512, new Cleaning(true, true))) {
      assertArrayEquals(
          plain.ids(List.of("title i\u0307"))[0], lower.ids(List.of(" TITLE \u0130\n"))[0]);
    }
  }

  private static TextTokenizer open(String name, int limit) {
    return TextTokenizer.open(file(name), limit);
  }

  private static Path file(String name) {
    return FOLDER.resolve(name + ".tokenizer.json");
  }

  private static Iterable<JsonElement> expected(String name) throws IOException {
    return JsonParser.parseString(Files.readString(FOLDER.resolve(name + ".expected.json")))
        .getAsJsonArray();
  }

  private static long[] longs(JsonElement array) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
        .mapToLong(JsonElement::getAsLong)
        .toArray();
  }
}
