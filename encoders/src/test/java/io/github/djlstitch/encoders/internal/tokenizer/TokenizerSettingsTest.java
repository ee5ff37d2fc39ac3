// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.text.Cleaning;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files beside a tokenizer against transformers' AutoTokenizer. */
final class TokenizerSettingsTest {
  private static final Path FIXTURES =
      Path.of("src", "test", "resources", "fixtures", "tokenizers");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> idsAreThoseOfTheReference() throws IOException {
    String text = Files.readString(FIXTURES.resolve("settings.expected.json"));
    JsonObject expected = JsonParser.parseString(text).getAsJsonObject();
    return elements(expected.getAsJsonArray("cases"))
        .map(JsonElement::getAsJsonObject)
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.get("name").getAsString(), () -> compare(expected, one)));
  }

  private void compare(JsonObject expected, JsonObject one) throws IOException {
    JsonElement base = one.get("base");
    JsonElement tokenizer =
        base.isJsonObject() ? base : expected.getAsJsonObject("bases").get(base.getAsString());
    Path place = Files.createTempDirectory(folder, "case");
    Files.writeString(place.resolve("tokenizer.json"), tokenizer.toString());
    for (Map.Entry<String, JsonElement> file : one.getAsJsonObject("files").entrySet()) {
      Files.writeString(place.resolve(file.getKey()), file.getValue().toString());
    }
    int limit = one.has("limit") ? one.get("limit").getAsInt() : 512;
    List<String> texts =
        elements(one.getAsJsonArray("texts")).map(JsonElement::getAsString).toList();
    long[][] ids =
        elements(one.getAsJsonArray("ids"))
            .map(row -> elements(row.getAsJsonArray()).mapToLong(JsonElement::getAsLong).toArray())
            .toArray(long[][]::new);
    try (var opened = open(place, limit)) {
      assertArrayEquals(ids, opened.ids(texts));
    }
  }

  private static Stream<JsonElement> elements(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static TextTokenizer open(Path place, int limit) {
    var tokenization = Tokenization.of(place.resolve("tokenizer.json"), settings(place));
    return TextTokenizer.open(tokenization, limit, Cleaning.NONE);
  }

  private static TokenizerSettings settings(Path place) {
    JsonCard config = card(place, "config.json").orElse(JsonCard.absent(place));
    return TokenizerSettings.of(config, name -> card(place, name), place::resolve);
  }

  private static Optional<JsonCard> card(Path place, String name) {
    Path file = place.resolve(name);
    return Files.exists(file) ? Optional.of(JsonCard.read(file)) : Optional.empty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"do_lower_case\": null}|'do_lower_case' is null, expected true or false",
        "{\"truncation_side\": \"middle\"}|'truncation_side' is \"middle\", expected one of left, right",
        "{\"cls_token\": null}|'cls_token' is null, expected a token",
        "{\"unk_token\": \"<no>\"}|lacks the unknown token '<no>'",
        "{\"tokenizer_class\": \"RobertaTokenizer\"}|has a WordPiece model but tokenizer class"
            + " RobertaTokenizer needs a BPE",
        "{\"split_special_tokens\": true}|special tokens within texts are never split",
        "{\"added_tokens_decoder\": {\"99\": {\"content\": \"<e>\"}}}|the added token '<e>' has id"
            + " 99 but would get 17"
      })
  void whatNobodyCanDoIsRefusedByName(String config, String words) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), TinyTokenizers.wordPiece());
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\"}");
    Files.writeString(folder.resolve("tokenizer_config.json"), config);
    var refusal = assertThrows(StitchException.class, () -> open(folder, 512));
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }

  @Test
  void whatHasNoEffectIsTold() throws IOException {
    String config = "{\"tokenizer_class\": \"NewTokenizer\", \"padding_side\": \"left\"}";
    Files.writeString(folder.resolve("tokenizer_config.json"), config);
    List<String> warnings = settings(folder).warnings();
    assertEquals(2, warnings.size());
    assertTrue(warnings.get(0).contains("'NewTokenizer' is not built in"), warnings.get(0));
    assertTrue(warnings.get(1).contains("padding_side left is ignored"), warnings.get(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aLimitWithoutRoomForATextIsRefused(int limit) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), TinyTokenizers.wordPiece());
    var refusal = assertThrows(StitchException.class, () -> TextTokenizer.open(file, limit));
    assertTrue(
        refusal.getMessage().contains("a limit of " + limit + " leaves no room"),
        refusal.getMessage());
  }

  /** Each ended the process while the native library read it or cut a text with it. */
  @ParameterizedTest
  @ValueSource(strings = {"abort-2", "abort-3", "abort-4", "panic-at-encode", "panic-at-open"})
  void whatEndedTheProcessIsRefusedOrRead(String name) {
    Path file = FIXTURES.resolve("hostile-" + name + ".json");
    try (var tokenizer = TextTokenizer.open(file, 64)) {
      assertEquals(1, tokenizer.ids(List.of("hello world")).length);
    } catch (StitchException e) {
      assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }
  }
}
