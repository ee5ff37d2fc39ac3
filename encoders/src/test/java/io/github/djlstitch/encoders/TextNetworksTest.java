// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.encoder.FrozenTextEncoder;
import io.github.djlstitch.encoders.internal.text.ClipTextConfig;
import io.github.djlstitch.encoders.internal.text.ClipTextTransformer;
import io.github.djlstitch.encoders.internal.text.TextConfig;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import io.github.djlstitch.encoders.internal.text.TextTransformer;
import io.github.djlstitch.encoders.internal.weights.CheckpointNames;
import io.github.djlstitch.encoders.internal.weights.SafetensorsWeights;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts through networks of every kind, with a tokenizer of as few tokens as the networks know. */
@Tag("processor")
class TextNetworksTest {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");
  private static final List<String> TEXTS =
      List.of("w5", "w9 w7 w30 w11 w12 w13", "", "w8 w8 w8", "unheard of", "w6 w6 w6 w6 w6");

  @TempDir Path folder;

  // Positions of RoBERTa and MPNet follow from the padding id, so that a wrong one would show here.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-pretraining",
        "roberta-mlm",
        "xlm-roberta-tanh",
        "electra-small-projected",
        "distilbert-mlm",
        "mpnet",
        "clip"
      })
  void batchesChangeNothing(String name) throws IOException {
    var readout = Readout.of(Pooling.MEAN);
    try (TextEncoder alone = open(name, readout, 8, 1);
        TextEncoder together = open(name, readout, 8, 32)) {
      FloatMatrix expected = alone.encode(TEXTS); // (N, D)
      FloatMatrix found = together.encode(TEXTS); // (N, D)
      for (int i = 0; i < TEXTS.size(); i++) {
        assertArrayEquals(expected.row(i), found.row(i), 2e-6f, TEXTS.get(i));
      }
    }
  }

  @Test
  void theTextItselfIsPooledWithoutSpecialTokens() throws IOException {
    try (TextEncoder content = open("roberta-mlm", Readout.of(Pooling.CONTENT_MEAN), 8, 4);
        TextEncoder all = open("roberta-mlm", Readout.of(Pooling.MEAN), 8, 4);
        TextEncoder first = open("roberta-mlm", Readout.of(Pooling.CLS), 8, 4);
        TextEncoder last = open("roberta-mlm", Readout.of(Pooling.LAST), 8, 4)) {
      List<String> text = List.of("w8 w9 w10");
      FloatMatrix mean = content.encode(text); // (1, D)
      for (int j = 0; j < mean.columns(); j++) {
        float sum = 5 * all.encode(text).get(0, j);
        float special = first.encode(text).get(0, j) + last.encode(text).get(0, j);
        assertEquals((sum - special) / 3, mean.get(0, j), 1e-5f);
      }
    }
  }

  @Test
  void clipGivesItsFeaturesOrItsStates() throws IOException {
    try (TextEncoder features = open("clip", Readout.of(Pooling.POOLER), 10, 4);
        TextEncoder unit = open("clip", Readout.sentence(Pooling.POOLER), 10, 4);
        TextEncoder states = open("clip", new Readout(1, Pooling.POOLER, false), 10, 4)) {
      assertEquals(24, features.dimension());
      assertEquals(24, features.encode(TEXTS).columns());
      assertEquals(32, states.dimension());
      assertEquals(32, states.encode(TEXTS).columns());
      double norm = 0;
      for (float value : unit.encode(TEXTS).row(1)) {
        norm += value * value;
      }
      assertEquals(1, norm, 1e-5);
    }
  }

  @Test
  void textsThatAreCutAreCounted() throws IOException {
    try (TextEncoder encoder = open("roberta-mlm", Readout.of(Pooling.CLS), 5, 4)) {
      encoder.encode(TEXTS);
      assertEquals(2, encoder.truncated());
      FloatMatrix cut = encoder.encode(List.of("w9 w7 w30 w11 w12 w13", "w9 w7 w30")); // (2, D)
      assertArrayEquals(cut.row(1), cut.row(0), 1e-6f);
      assertEquals(3, encoder.truncated());
    }
  }

  // 22 positions, of which the first two are never a token's.
  @Test
  void aTokenizerMayNotGiveMoreThanTheNetworkReads() throws IOException {
    open("roberta-mlm", Readout.of(Pooling.CLS), 20, 4).close();
    var e =
        assertThrows(
            StitchException.class, () -> open("roberta-mlm", Readout.of(Pooling.CLS), 21, 4));
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    assertTrue(e.getMessage().contains("keeps 21 tokens but the network reads 20"), e.getMessage());
  }

  @Test
  void aTokenizerOfAnotherModelIsSuspected() throws IOException {
    try (TextEncoder encoder = open("roberta-mlm", Readout.of(Pooling.CLS), 8, 4)) {
      var e = assertThrows(StitchException.class, () -> encoder.encode(List.of("w50")));
      assertTrue(e.getMessage().contains("token id 50"), e.getMessage());
      assertTrue(e.getMessage().contains("tokenizer"), e.getMessage());
    }
  }

  private TextEncoder open(String name, Readout readout, int maxTokens, int batch)
      throws IOException {
    return FrozenTextEncoder.open(
        FrozenTextEncoder.Identity.of(name, "", ""),
        network(FIXTURES.resolve(name), readout),
        TextTokenizer.open(tokenizer(), maxTokens),
        Device.cpu(),
        batch);
  }

  private static Function<NDManager, TextNetwork> network(Path folder, Readout readout) {
    JsonCard config = JsonCard.read(folder.resolve("config.json"));
    var weights = CheckpointNames.of(SafetensorsWeights.open(folder.resolve("model.safetensors")));
    var numbers = NumberType.FLOAT32;
    if (config.text("model_type").equals("clip")) {
      return manager ->
          ClipTextTransformer.load(ClipTextConfig.of(config), readout, numbers, weights, manager);
    }
    return manager ->
        TextTransformer.load(TextConfig.of(config), readout, numbers, weights, manager);
  }

  /** Word "w5" has id 5; 4 is for other words; texts stand between 0 and 39. */
  private Path tokenizer() throws IOException {
    String words =
        IntStream.rangeClosed(5, 50)
            .filter(i -> i != 39)
            .mapToObj(i -> "\"w" + i + "\": " + i)
            .collect(Collectors.joining(", "));
    String vocabulary = "{\"<s>\": 0, \"</s>\": 39, \"<unk>\": 4, " + words + "}";
    return Files.writeString(
        folder.resolve("tokenizer.json"), TOKENIZER.replace("VOCABULARY", vocabulary));
  }

  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "decoder": null,
       "post_processor": {"type": "BertProcessing", "sep": ["</s>", 39], "cls": ["<s>", 0]},
       "model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": VOCABULARY}}
      """;
}
