// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.text.TextConfig.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextConfigTest {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");

  @TempDir Path folder;

  @Test
  void aBertIsReadFromItsFile() {
    var config = TextConfig.of(TextFixture.of("bert-pretraining").config());
    assertEquals(TextConfig.bert(50, 20, 32, 2, 4, 64, 1e-12), config);
    assertEquals(20, config.maxTokens());
  }

  // Positions are numbered after the padding id.
  @ParameterizedTest
  @CsvSource({
    "roberta-mlm, ROBERTA, 1, 20, 1e-5, GELU",
    "mpnet, MPNET, 1, 178, 1e-5, GELU",
    "xlm-roberta-tanh, ROBERTA, 3, 10, 1e-5, GELU_TANH",
    "distilbert-mlm, DISTILBERT, 0, 20, 1e-12, GELU",
    "electra-base-like, ELECTRA, 0, 20, 1e-12, GELU",
    "bert-relu-bf16, BERT, 0, 12, 1e-12, RELU"
  })
  void everyKindIsRead(
      String name, Family family, int padId, int maxTokens, double epsilon, Activation activation) {
    var config = TextConfig.of(TextFixture.of(name).config());
    assertEquals(family, config.family());
    assertEquals(padId, config.padId());
    assertEquals(maxTokens, config.maxTokens());
    assertEquals(epsilon, config.epsilon());
    assertEquals(activation, config.activation());
  }

  @Test
  void embeddingsMayBeNarrower() {
    var config = TextConfig.of(TextFixture.of("electra-small-projected").config());
    assertEquals(16, config.embeddingWidth());
    assertEquals(32, config.width());
  }

  @Test
  void camembertIsARoberta() throws IOException {
    assertEquals(
        TextConfig.of(TextFixture.of("roberta-mlm").config()),
        TextConfig.of(changed("roberta-mlm", "model_type", "\"camembert\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "bert-pretraining; model_type; \"gpt2\"",
        "bert-pretraining; model_type; null",
        "bert-pretraining; is_decoder; true",
        "bert-pretraining; add_cross_attention; true",
        "bert-pretraining; position_embedding_type; \"relative_key\"",
        "bert-pretraining; hidden_act; \"silu\"",
        "bert-pretraining; hidden_size; 30",
        "bert-pretraining; hidden_size; 0",
        "bert-pretraining; num_hidden_layers; \"2\"",
        "bert-pretraining; layer_norm_eps; 0",
        "bert-pretraining; layer_norm_eps; 1",
        "bert-pretraining; pad_token_id; 50",
        "bert-pretraining; type_vocab_size; -1",
        "roberta-mlm; pad_token_id; null",
        "roberta-mlm; pad_token_id; -1",
        "roberta-mlm; max_position_embeddings; 2",
        "mpnet; relative_attention_num_buckets; 64",
        "distilbert-mlm; dim; 31",
        "distilbert-mlm; activation; \"tanh\"",
        "electra-small-projected; embedding_size; 1.5"
      })
  void whatIsNotSupportedIsNamedWithItsFile(String name, String field, String value)
      throws IOException {
    refused(field, TextConfig::of, changed(name, field, value));
  }

  /** The values are those that transformers prints for its classes. */
  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "xlm-roberta", "camembert", "electra", "mpnet"})
  void missingFieldsAreThoseOfTheClass(String type) throws IOException {
    JsonObject expected = defaults(type);
    var config = TextConfig.of(card("{\"model_type\": \"" + type + "\"}"));
    assertEquals(expected.get("vocab_size").getAsInt(), config.vocabulary());
    assertEquals(expected.get("max_position_embeddings").getAsInt(), config.positions());
    assertEquals(expected.get("hidden_size").getAsInt(), config.width());
    assertEquals(expected.get("num_hidden_layers").getAsInt(), config.layers());
    assertEquals(expected.get("num_attention_heads").getAsInt(), config.heads());
    assertEquals(expected.get("intermediate_size").getAsInt(), config.intermediate());
    assertEquals(expected.get("layer_norm_eps").getAsDouble(), config.epsilon());
    assertEquals(expected.get("pad_token_id").getAsInt(), config.padId());
    assertEquals(Activation.GELU, config.activation());
    if (expected.has("type_vocab_size")) {
      assertEquals(expected.get("type_vocab_size").getAsInt(), config.types());
    }
    if (expected.has("embedding_size")) {
      assertEquals(expected.get("embedding_size").getAsInt(), config.embeddingWidth());
    }
  }

  @Test
  void soAreThoseOfDistilBertAndClip() throws IOException {
    JsonObject distil = defaults("distilbert");
    var config = TextConfig.of(card("{\"model_type\": \"distilbert\"}"));
    assertEquals(distil.get("n_layers").getAsInt(), config.layers());
    assertEquals(distil.get("dim").getAsInt(), config.width());
    assertEquals(distil.get("hidden_dim").getAsInt(), config.intermediate());
    JsonObject clip = defaults("clip_text_model");
    var text = ClipTextConfig.of(card("{\"model_type\": \"clip\", \"text_config\": {}}"));
    assertEquals(clip.get("hidden_size").getAsInt(), text.width());
    assertEquals(clip.get("num_attention_heads").getAsInt(), text.heads());
    assertEquals(clip.get("eos_token_id").getAsInt(), text.endId());
    assertEquals(clip.get("layer_norm_eps").getAsDouble(), text.epsilon());
    assertEquals(Activation.QUICK_GELU, text.activation());
    assertEquals(clip.get("projection_dim").getAsInt(), text.projection());
  }

  // Nothing in the tensors would show that the class's number is wrong.
  @ParameterizedTest
  @CsvSource({"bert-pretraining, num_attention_heads", "distilbert-mlm, n_heads"})
  void headsMayBeMissingOnlyInTheUsualWidth(String name, String field) throws IOException {
    refused(field, TextConfig::of, changed(name, field, ""));
  }

  private static JsonObject defaults(String type) throws IOException {
    String text = Files.readString(FIXTURES.resolve("class-defaults.expected.json"));
    return JsonParser.parseString(text).getAsJsonObject().getAsJsonObject(type);
  }

  private JsonCard card(String json) throws IOException {
    return JsonCard.read(Files.writeString(folder.resolve("config.json"), json));
  }

  @Test
  void whatChangesNothingMayBeMissing() throws IOException {
    var config = TextConfig.of(changed("bert-pretraining", "pad_token_id", ""));
    assertEquals(TextConfig.bert(50, 20, 32, 2, 4, 64, 1e-12), config);
  }

  @Test
  void aClipIsReadFromItsFile() {
    assertEquals(
        new ClipTextConfig(50, 10, 32, 2, 4, 64, 1e-5, Activation.QUICK_GELU, 1, 2, 24),
        ClipTextConfig.of(TextFixture.of("clip").config()));
    var alone = ClipTextConfig.of(TextFixture.of("clip-text-projected").config());
    assertEquals(8, alone.projection());
    assertEquals(31, alone.endId());
    assertEquals(0, ClipTextConfig.of(TextFixture.of("clip-text-bare").config()).projection());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "clip; text_config; ''",
        "clip; model_type; \"siglip\"",
        "clip-text-bare; eos_token_id; [31]",
        "clip-text-bare; eos_token_id; null",
        "clip-text-bare; hidden_act; \"silu\"",
        "clip-text-bare; num_attention_heads; 3"
      })
  void whatNoClipHasIsNamedWithItsFile(String name, String field, String value) throws IOException {
    String named = field.equals("num_attention_heads") ? "hidden_size" : field;
    refused(named, ClipTextConfig::of, changed(name, field, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"width", "heads", "layers", "vocabulary", "padId"})
  void sizesThatCannotBeAreRefused(String bad) {
    assertThrows(
        StitchException.class,
        () ->
            new ClipTextConfig(
                bad.equals("vocabulary") ? 0 : 9,
                8,
                bad.equals("width") ? 7 : 6,
                bad.equals("layers") ? 0 : 1,
                bad.equals("heads") ? 4 : 2,
                5,
                1e-5,
                Activation.GELU,
                bad.equals("padId") ? 9 : 0,
                2,
                0));
  }

  private void refused(String field, Function<JsonCard, ?> read, JsonCard card) {
    var e = assertThrows(StitchException.class, () -> read.apply(card));
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    assertTrue(e.getMessage().contains("'" + field + "'"), e.getMessage());
    assertTrue(e.getMessage().contains(folder.resolve("config.json").toString()), e.getMessage());
  }

  /** A fixture's file with another value, or without the field if the value is empty. */
  private JsonCard changed(String name, String field, String value) throws IOException {
    String text = Files.readString(FIXTURES.resolve(name).resolve("config.json"));
    JsonObject config = JsonParser.parseString(text).getAsJsonObject();
    config.remove(field);
    if (!value.isEmpty()) {
      config.add(field, JsonParser.parseString(value));
    }
    return JsonCard.read(Files.writeString(folder.resolve("config.json"), config.toString()));
  }
}
