// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.tokenizer.Mutations;
import io.github.djlstitch.encoders.options.EncoderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Model folders with one damaged file of JSON, opened and used: nothing but a refusal comes out,
 * and nothing hangs. A longer run: {@code -Dfuzz=5000}.
 */
final class CheckpointFuzzTest {
  private static final int COUNT = Integer.getInteger("fuzz", 300);
  private static final Duration HANG = Duration.ofMinutes(1); // of milliseconds, on a busy machine
  private static final Map<String, String> FILES =
      Map.of(
          "modules.json",
          """
          [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
           {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
           {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]""",
          "1_Pooling/config.json",
          "{\"word_embedding_dimension\": 32, \"pooling_mode_mean_tokens\": true, \"pooling_mode_cls_token\": false}",
          "sentence_bert_config.json",
          "{\"max_seq_length\": 16, \"do_lower_case\": false}",
          "config_sentence_transformers.json",
          "{\"prompts\": {\"query\": \"t5 \"}, \"default_prompt_name\": \"query\"}",
          "tokenizer_config.json",
          "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"model_max_length\": 16}",
          "special_tokens_map.json",
          "{\"cls_token\": \"t2\"}");

  @TempDir Path folder;
  private int opened;

  @Test
  void damagedFilesAreRefusedOrRead() throws IOException {
    Folder model = Folder.of(folder, "bert-pretraining");
    model.tokenizer(2, 3);
    Files.createDirectories(model.path().resolve("2_Normalize"));
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      model.put(file.getKey(), file.getValue());
    }
    List<String> names =
        List.of(
            "config.json",
            "config.json",
            "modules.json",
            "1_Pooling/config.json",
            "sentence_bert_config.json",
            "config_sentence_transformers.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "tokenizer.json");
    for (int seed = 0; seed < COUNT; seed++) {
      String name = names.get(new Random(seed).nextInt(names.size()));
      Path file = model.path().resolve(name);
      String whole = Files.readString(file);
      Files.write(file, new Mutations(seed).of(whole));
      long current = seed;
      assertTimeoutPreemptively(HANG, () -> use(model.path(), current), "seed " + seed);
      Files.write(file, whole.getBytes(UTF_8));
    }
    assertTrue(opened > 0);
  }

  private void use(Path path, long seed) {
    try {
      EncoderOptions options = EncoderOptions.defaults();
      try (var encoder = Checkpoint.open(path).textEncoder("fuzz", options)) {
        encoder.encode(List.of("t5 t7", ""));
        opened++;
      }
    } catch (StitchException e) {
      assertTrue(!e.getMessage().contains("\n"), "seed " + seed + ": " + e.getMessage());
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
