// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.TensorBridge;
import io.github.djlstitch.core.file.JsonCard;
import io.github.djlstitch.encoders.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words that a text encoder has a vector of its own for, before any context: the rows of its
 * embedding matrix whose tokens are whole words of at least two characters. Pieces of words,
 * special and unused tokens are left out. Immutable.
 *
 * @param words distinct, in the order of the vocabulary, which lists frequent words first
 * @param vectors one a word, shape (N, D)
 */
public record TokenEmbeddings(List<String> words, FloatMatrix vectors) {
  private static final String TENSOR = "embeddings.word_embeddings.weight";
  private static final String VOCABULARY = "vocab";
  private static final String PIECE = "continuing_subword_prefix";

  /** Takes a copy. */
  public TokenEmbeddings {
    words = List.copyOf(words);
  }

  private record Token(String text, int id) {}

  /**
   * Reads them.
   *
   * @param tokenizer a {@code tokenizer.json} of word pieces, as BERT's
   * @param weights the encoder's, under its network's own names
   * @throws StitchException (unavailable) for another kind of tokenizer or network; (bad input) if
   *     tokens and rows do not go together
   */
  public static TokenEmbeddings read(Path tokenizer, WeightSource weights) {
    if (!weights.names().contains(TENSOR)) {
      throw StitchException.unavailable(
          "the checkpoint of tokenizer '%s' has no tensor '%s', so its word vectors are not known;"
              + " choose an encoder of the BERT family",
          tokenizer, TENSOR);
    }
    List<Token> words = words(JsonCard.read(tokenizer), tokenizer);
    try (NDManager manager = TensorBridge.newManager()) {
      requireRows(tokenizer, words, weights.shape(TENSOR));
      NDArray matrix = weights.tensor(manager, TENSOR); // (V, D)
      long[] rows = words.stream().mapToLong(Token::id).toArray();
      return new TokenEmbeddings(
          words.stream().map(Token::text).toList(),
          TensorBridge.toMatrix(matrix.get(manager.create(rows))));
    }
  }

  private static List<Token> words(JsonCard card, Path file) {
    JsonCard model = card.card("model");
    if (!model.gives(PIECE)) {
      throw StitchException.unavailable(
          "tokenizer '%s' is not of word pieces, so which of its tokens are whole words is not"
              + " known; choose an encoder of the BERT family",
          file);
    }
    String piece = model.text(PIECE);
    Set<String> special = special(card);
    List<Token> words = new ArrayList<>();
    for (Map.Entry<String, Double> token : model.numbers(VOCABULARY).entrySet()) {
      String text = token.getKey();
      int id = id(model, token.getValue());
      if (isWord(text) && !text.startsWith(piece) && !special.contains(text)) {
        words.add(new Token(text, id));
      }
    }
    words.sort(Comparator.comparingInt(Token::id));
    return words;
  }

  private static Set<String> special(JsonCard card) {
    Set<String> special = new HashSet<>();
    if (card.gives("added_tokens")) {
      card.cards("added_tokens").forEach(token -> special.add(token.text("content")));
    }
    return special;
  }

  private static int id(JsonCard model, double id) {
    if (id != Math.rint(id) || id < 0 || id > Integer.MAX_VALUE) {
      throw model.refusal(VOCABULARY, "token ids from 0");
    }
    return (int) id;
  }

  private static boolean isWord(String token) {
    boolean unused = token.startsWith("[") && token.endsWith("]");
    return !unused && token.codePointCount(0, token.length()) > 1;
  }

  private static void requireRows(Path file, List<Token> words, Shape shape) {
    if (words.isEmpty()) {
      throw StitchException.badInput("tokenizer '%s' has no whole words", file);
    }
    Token last = words.get(words.size() - 1);
    if (shape.dimension() != 2 || last.id() >= shape.get(0)) {
      throw StitchException.badInput(
          "tokenizer '%s' has token %d, but '%s' has shape %s; are they of the same model?",
          file, last.id(), TENSOR, shape);
    }
  }
}
