// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a BERT's embedding matrix that are whole words: no pieces of words ({@code ##}) and
 * no special tokens (in brackets). Immutable and thread-safe.
 *
 * @param words in the order of the vocabulary
 * @param vectors their embeddings before position, type and normalization, shape (N, D)
 */
public record TokenEmbeddings(List<String> words, FloatMatrix vectors) {
  private static final String WEIGHT = "embeddings.word_embeddings.weight";

  /** Takes a copy. */
  public TokenEmbeddings {
    words = List.copyOf(words);
  }

  /**
   * Reads them.
   *
   * @param tokenizer a {@code tokenizer.json} of kind WordPiece
   * @throws StitchException (bad input) if the tokenizer is of another kind, or names a row that
   *     the matrix lacks or two words for one row
   */
  public static TokenEmbeddings read(WeightSource weights, Path tokenizer) {
    JsonCard model = JsonCard.read(tokenizer).card("model");
    model.require("type", "WordPiece");
    if (!weights.names().contains(WEIGHT) || weights.shape(WEIGHT).dimension() != 2) {
      throw StitchException.badInput("the weights have no matrix '%s'", WEIGHT);
    }
    Map<Integer, String> words = words(model.numbers("vocab"), weights.shape(WEIGHT), tokenizer);
    if (words.isEmpty()) {
      throw StitchException.badInput("tokenizer '%s' has no whole word", tokenizer);
    }
    int[] rows = words.keySet().stream().mapToInt(row -> row).toArray();
    try (NDManager manager = TensorBridge.newManager()) {
      FloatMatrix all = TensorBridge.toMatrix(weights.tensor(manager, WEIGHT)); // (V, D)
      return new TokenEmbeddings(new ArrayList<>(words.values()), all.select(rows));
    }
  }

  private static Map<Integer, String> words(
      Map<String, Double> vocabulary, Shape matrix, Path tokenizer) {
    Map<Integer, String> words = new TreeMap<>();
    vocabulary.forEach(
        (token, row) -> {
          boolean fits = row >= 0 && row < matrix.get(0) && row == Math.rint(row);
          if (!fits || (isWord(token) && words.put(row.intValue(), token) != null)) {
            throw StitchException.badInput(
                "tokenizer '%s' gives a token the id %s; expected ids of one token each below %d",
                tokenizer, row, matrix.get(0));
          }
        });
    return words;
  }

  private static boolean isWord(String token) {
    boolean special = token.length() > 2 && token.startsWith("[") && token.endsWith("]");
    return !token.isEmpty() && !token.startsWith("##") && !special;
  }

  /** Makes a space whose ids are the words. */
  public LatentSpace space(String encoder, String sha256) {
    var from = new Provenance(encoder, sha256, "vocabulary", sha256, "all", "djl-stitch");
    return LatentSpace.of(words, new int[0], List.of(), vectors, from);
  }
}
