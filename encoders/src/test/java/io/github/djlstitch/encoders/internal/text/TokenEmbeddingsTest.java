// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.encoders.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenEmbeddingsTest {
  private static final String MATRIX = "embeddings.word_embeddings.weight";
  private final RandomWeights weights = new RandomWeights().put(MATRIX, 6, 3);

  @TempDir Path folder;

  @Test
  void wholeWordsKeepTheirRowsInTheOrderOfTheVocabulary() throws IOException {
    Path tokenizer = wordPiece("\"sea\": 4, \"##ing\": 1, \"[CLS]\": 0, \"air\": 2, \"[\": 5");
    TokenEmbeddings found = TokenEmbeddings.read(weights, tokenizer);
    assertEquals(List.of("air", "sea", "["), found.words());
    try (NDManager manager = TensorBridge.newManager()) {
      float[] row = weights.tensor(manager, MATRIX).get(4).toFloatArray();
      assertArrayEquals(row, found.vectors().row(1));
    }
    LatentSpace space = found.space("e", "0".repeat(64));
    assertEquals(found.words(), space.ids());
    assertEquals(found.vectors(), space.vectors());
  }

  @Test
  void whatIsNoWordPieceVocabularyOfTheMatrixIsRefused() throws IOException {
    refused("type", "{\"model\": {\"type\": \"BPE\", \"vocab\": {}}}");
    refused("no whole word", vocabulary("\"##ing\": 1, \"[SEP]\": 2"));
    refused("the id 6", vocabulary("\"sea\": 6"));
    refused("the id -1", vocabulary("\"sea\": -1"));
    refused("the id 1.5", vocabulary("\"sea\": 1.5"));
    refused("one token each", vocabulary("\"sea\": 1, \"air\": 1"));
    weights.remove(MATRIX);
    refused(MATRIX, vocabulary("\"sea\": 1"));
    weights.put(MATRIX, 6);
    refused(MATRIX, vocabulary("\"sea\": 1"));
  }

  private void refused(String part, String tokenizer) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
    Refusals.refused(part, Kind.BAD_INPUT, () -> TokenEmbeddings.read(weights, file));
  }

  private Path wordPiece(String entries) throws IOException {
    return Files.writeString(folder.resolve("tokenizer.json"), vocabulary(entries));
  }

  private static String vocabulary(String entries) {
    return "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {" + entries + "}}}";
  }
}
