// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.encoders.Refusals;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("processor")
final class CheckpointTextTest {
  private static final float TOLERANCE = 2e-5f;
  private static final String POOLING = "1_Pooling/config.json";
  private static final EncoderOptions DEFAULTS = EncoderOptions.defaults();

  @TempDir Path parent;
  private Folder bert;
  private String text;

  @BeforeEach
  void copy() throws IOException {
    bert = Folder.of(parent, "bert-pretraining");
    text = bert.text();
  }

  @ParameterizedTest
  @CsvSource({
    "bert-pretraining, bert, TEXT, last_hidden_state",
    "bert-legacy-gamma-beta, bert, TEXT, last_hidden_state",
    "roberta-mlm, roberta, TEXT, last_hidden_state",
    "electra-small-projected, electra, TEXT, last_hidden_state",
    "electra-base-like, electra, TEXT, last_hidden_state",
    "distilbert-mlm, distilbert, TEXT, last_hidden_state",
    "mpnet, mpnet, TEXT, last_hidden_state",
    "clip, clip, TEXT_AND_IMAGE, text_projected_unnormalised"
  })
  void everyKindIsReadAsItsOwnLibraryDoes(
      String fixture, String name, Modality modality, String field) throws IOException {
    Folder folder = Folder.of(Files.createDirectory(parent.resolve("more")), fixture);
    String words = folder.text();
    Checkpoint checkpoint = Checkpoint.open(folder.path());
    assertEquals(name, checkpoint.name());
    assertEquals(modality, checkpoint.modality());
    assertEquals(List.of(), checkpoint.warnings());
    float[] expected = folder.lastRow(field);
    try (var encoder = checkpoint.textEncoder("mine", DEFAULTS)) {
      assertEquals("mine", encoder.id());
      assertEquals(expected.length, encoder.dimension());
      assertArrayEquals(expected, encoder.encode(List.of("t5", words)).row(1), TOLERANCE);
      if (modality == Modality.TEXT) {
        assertEquals(checkpoint.sha256(DEFAULTS), encoder.sha256());
      }
    }
    if (folder.expected().has("mean_pooled")) {
      float[] mean = folder.encode(words, DEFAULTS.withPooling(Pooling.MEAN));
      assertArrayEquals(folder.lastRow("mean_pooled"), mean, TOLERANCE);
    }
  }

  @Test
  void layersCanBeChosen() {
    float[] first = bert.encode(text, DEFAULTS.withLayer(0));
    assertArrayEquals(bert.lastRow("embeddings_output_hidden_states_0"), first, TOLERANCE);
    assertArrayEquals(bert.encode(text), bert.encode(text, DEFAULTS.withLayer(2)), 0);
    Refusals.refused("layer 3", Kind.USAGE, () -> bert.encode(text, DEFAULTS.withLayer(3)));
  }

  @Test
  void sentenceTransformersSettingsAreKept() throws IOException {
    sentence(bert, "Transformer", "Pooling", "Normalize");
    bert.put(POOLING, "{\"word_embedding_dimension\": 32, \"pooling_mode_mean_tokens\": true}");
    float[] expected = unit(bert.lastRow("mean_pooled"));
    assertArrayEquals(expected, bert.encode(text), TOLERANCE);
    assertArrayEquals(expected, bert.encode("\u00a0\n " + text + "\u2003"), TOLERANCE);
    float[] first = bert.encode(text, DEFAULTS.withPooling(Pooling.CLS));
    assertArrayEquals(unit(bert.lastRow("last_hidden_state")), first, TOLERANCE);

    bert.put("sentence_bert_config.json", "{\"max_seq_length\": 4, \"do_lower_case\": true}");
    assertArrayEquals(expected, bert.encode(text.toUpperCase(Locale.ROOT)), TOLERANCE);
    assertArrayEquals(expected, bert.encode(text + " t9 t9 t9"), TOLERANCE);
  }

  @Test
  void promptIsPutBeforeEveryText() throws IOException {
    sentence(bert, "Transformer", "Pooling");
    bert.put(POOLING, "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
    bert.put(
        "config_sentence_transformers.json",
        "{\"prompts\": {\"query\": \" t17 \", \"other\": \"\"}, \"default_prompt_name\": null}");
    assertArrayEquals(bert.lastRow("last_hidden_state"), bert.encode("t17 t5"), TOLERANCE);
    String prompts = "{\"prompts\": {\"query\": \" t17 \"}, \"default_prompt_name\": \"%s\"}";
    bert.put("config_sentence_transformers.json", prompts.formatted("query"));
    assertArrayEquals(bert.lastRow("last_hidden_state"), bert.encode("t5"), TOLERANCE);
    bert.put("config_sentence_transformers.json", prompts.formatted("document"));
    bert.assertNoTexts("'default_prompt_name' is \"document\", expected one of the prompts");
    bert.put("config_sentence_transformers.json", prompts.formatted("query"));
    bert.put(POOLING, "{\"pooling_mode_mean_tokens\": true, \"include_prompt\": false}");
    bert.assertNoTexts("include_prompt");
  }

  @Test
  void aRoleHasItsPromptAndAPrefixReplacesIt() throws IOException {
    EncoderOptions queries = DEFAULTS.withRole(Role.QUERY);
    EncoderOptions documents = DEFAULTS.withRole(Role.DOCUMENT);
    sentence(bert, "Transformer", "Pooling");
    bert.put(POOLING, "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
    assertTrue(Checkpoint.open(bert.path()).ignoresRole(queries));
    bert.put(
        "config_sentence_transformers.json",
        "{\"prompts\": {\"query\": \"t9 \", \"corpus\": \"\", \"passage\": \"t17 \"}}");
    float[] expected = bert.lastRow("last_hidden_state");
    assertArrayEquals(expected, bert.encode("t5", documents), TOLERANCE);
    assertArrayEquals(expected, bert.encode("t5", DEFAULTS.withPrefix("t17 ")), TOLERANCE);
    assertArrayEquals(bert.encode("t9 t5"), bert.encode("t5", queries), 0);
    Checkpoint checkpoint = Checkpoint.open(bert.path());
    assertFalse(checkpoint.ignoresRole(queries) || checkpoint.ignoresRole(DEFAULTS));
    assertEquals("t17 ", checkpoint.prefix(documents));
    assertEquals(
        3,
        Stream.of(DEFAULTS, queries, documents, DEFAULTS.withPrefix(""))
            .map(checkpoint::sha256)
            .distinct()
            .count());
    String usual = "{\"prompts\": {\"any\": \"t17 \"}, \"default_prompt_name\": \"any\"}";
    bert.put("config_sentence_transformers.json", usual);
    assertArrayEquals(expected, bert.encode("t5", queries), TOLERANCE);
    bert.put(POOLING, "{\"include_prompt\": false}");
    bert.assertNoTexts("include_prompt");
    assertEquals(expected.length, bert.encode("t5", DEFAULTS.withPrefix("")).length);
  }

  @ParameterizedTest
  @CsvSource({
    "cls_token, CLS",
    "max_tokens, MAX",
    "mean_tokens, MEAN",
    "mean_sqrt_len_tokens, MEAN_SQRT_LEN",
    "weightedmean_tokens, WEIGHTED_MEAN",
    "lasttoken, LAST"
  })
  void everyPoolingModeIsKnown(String mode, Pooling pooling) throws IOException {
    float[] expected = bert.encode(text, DEFAULTS.withPooling(pooling));
    sentence(bert, "Transformer", "Pooling");
    String modes = "{\"pooling_mode_mean_tokens\": false, \"pooling_mode_%s\": true}";
    if (pooling == Pooling.MEAN) {
      modes = "{\"pooling_mode_%s\": true}";
    }
    bert.put(POOLING, modes.formatted(mode));
    assertArrayEquals(expected, bert.encode(text), TOLERANCE);
  }

  @Test
  void severalPoolingModesAreRefusedUnlessOneIsChosen() throws IOException {
    sentence(bert, "Transformer", "Pooling");
    bert.put(POOLING, "{\"pooling_mode_cls_token\": true}"); // the mean is on by default
    bert.assertNoTexts("has the pooling modes [CLS, MEAN]");
    bert.put(POOLING, "{\"pooling_mode_mean_tokens\": false}");
    bert.assertNoTexts("has the pooling modes []");
    float[] chosen = bert.encode(text, DEFAULTS.withPooling(Pooling.CLS));
    assertArrayEquals(bert.lastRow("last_hidden_state"), chosen, TOLERANCE);
    bert.put(POOLING, "{\"pooling_mode\": \"lasttoken\"}");
    assertArrayEquals(
        bert.encode(text, DEFAULTS.withPooling(Pooling.LAST)), bert.encode(text), TOLERANCE);
    bert.put(POOLING, "{\"pooling_mode\": \"attention\"}");
    bert.assertNoTexts("'pooling_mode' is \"attention\", expected one of cls");
    bert.delete(POOLING);
    bert.assertNoTexts("no file");
  }

  @Test
  void otherModulesAreRefusedByName() throws IOException {
    sentence(bert, "Transformer", "Pooling", "Dense");
    bert.assertNoTexts("has the modules Transformer, Pooling, Dense");
    sentence(bert, "Transformer");
    bert.assertNoTexts("has the modules Transformer, expected Transformer, Pooling");
    bert.put("modules.json", "[]");
    bert.assertNoTexts("has the modules ,");
    bert.put("modules.json", "{}");
    bert.assertNoTexts("is not a JSON list");
  }

  @ParameterizedTest
  @CsvSource({
    "../bert-pretraining",
    "/etc",
    "a/../..",
    "..",
    ".",
    "C:/x",
    "a\\\\..",
    "./0",
    "0//1",
    "missing"
  })
  void pathsOfModulesStayWithinTheFolder(String hostile) throws IOException {
    sentence(bert, "Transformer", "Pooling");
    bert.put(POOLING, "{}");
    String modules = Files.readString(bert.path().resolve("modules.json"));
    bert.put("modules.json", modules.replace("1_Pooling", hostile));
    bert.assertNoTexts("modules.json' names the ");
    bert.put("modules.json", modules.replace("\"path\": \"\"", "\"path\": \"" + hostile + "\""));
    bert.assertNoTexts("modules.json' names the ");
  }

  @Test
  void networkMayLieInAFolderOfItsOwn() throws IOException {
    sentence(bert, "Transformer", "Pooling");
    bert.put(POOLING, "{}");
    String modules = Files.readString(bert.path().resolve("modules.json"));
    bert.put("modules.json", modules.replace("\"path\": \"\"", "\"path\": \"0_Transformer\""));
    Files.createDirectory(bert.path().resolve("0_Transformer"));
    for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
      Files.move(bert.path().resolve(name), bert.path().resolve("0_Transformer/" + name));
    }
    assertArrayEquals(bert.lastRow("mean_pooled"), bert.encode(text), TOLERANCE);
  }

  @Test
  void limitOfTokensIsTheSmallestThatMakesSense() throws IOException {
    float[] whole = bert.encode(text);
    String longer = text + " t9".repeat(40);
    float[] full = bert.encode(longer); // 20 positions
    assertTrue(distance(whole, full) > 0.01);
    bert.put("tokenizer_config.json", "{\"model_max_length\": 1000000000000000019884624838656}");
    assertArrayEquals(full, bert.encode(longer), 0);
    bert.put("tokenizer_config.json", "{\"model_max_length\": 512}");
    assertArrayEquals(full, bert.encode(longer), 0);
    bert.put("tokenizer_config.json", "{\"model_max_length\": 4}");
    assertArrayEquals(whole, bert.encode(longer), TOLERANCE);
    bert.put("sentence_bert_config.json", "{\"max_seq_length\": 512}");
    assertArrayEquals(full, bert.encode(longer), 0);
    bert.put("sentence_bert_config.json", "{\"max_seq_length\": \"4\"}");
    bert.assertNoTexts("'max_seq_length' is not a whole number");
  }

  @Test
  void digestCoversEverythingThatDecides() throws IOException {
    String before = Checkpoint.open(bert.path()).sha256(DEFAULTS);
    assertEquals(before, Checkpoint.open(bert.path()).sha256(DEFAULTS.withBatch(1)));
    bert.put("README.md", "of no matter");
    assertEquals(before, Checkpoint.open(bert.path()).sha256(DEFAULTS));
    for (var other :
        List.of(
            DEFAULTS.withPooling(Pooling.MEAN),
            DEFAULTS.withLayer(1),
            DEFAULTS.withNumbers(NumberType.BFLOAT16))) {
      assertNotEquals(before, Checkpoint.open(bert.path()).sha256(other));
    }
    bert.put("tokenizer_config.json", "{}");
    String limited = Checkpoint.open(bert.path()).sha256(DEFAULTS);
    assertNotEquals(before, limited);
    sentence(bert, "Transformer", "Pooling");
    bert.put(POOLING, "{}");
    assertNotEquals(limited, Checkpoint.open(bert.path()).sha256(DEFAULTS));
  }

  @Test
  void tokenizerIsNeeded() throws IOException {
    bert.delete("tokenizer.json");
    bert.assertNoTexts("has no tokenizer.json; take a revision");
    bert.put("vocab.txt", "a");
    bert.assertNoTexts("has no tokenizer.json, and 'vocab.txt' alone does not say");
    bert.put("tokenizer.json", "{}");
    bert.assertNoTexts("the file has no field 'model'");
  }

  @Test
  void imagesAreNotForIt() {
    bert.assertNoImages("reads texts, not images", Kind.USAGE);
  }

  private static void sentence(Folder folder, String... types) throws IOException {
    var modules = new StringBuilder();
    for (int i = 0; i < types.length; i++) {
      modules.append(i == 0 ? "[" : ",");
      String path = types[i].equals("Transformer") ? "" : i + "_" + types[i];
      modules.append(
          "{\"idx\": %d, \"name\": \"%d\", \"path\": \"%s\", \"type\": \"a.models.%s\"}"
              .formatted(i, i, path, types[i]));
      Files.createDirectories(folder.path().resolve(path));
    }
    folder.put("modules.json", modules.append(']').toString());
  }

  private static float[] unit(float[] vector) {
    double norm = Math.sqrt(distance(vector, new float[vector.length]));
    float[] scaled = vector.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (vector[i] / norm);
    }
    return scaled;
  }

  /** Squared. */
  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - (double) b[i]) * (a[i] - (double) b[i]);
    }
    return sum;
  }
}
