// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One vector a word, without context. The words are known at once; vectors are taken for as many of
 * them as are wanted. Immutable.
 */
public interface WordVectors {
  /** What they are called in reports. */
  String name();

  /** Distinct words in the order of their source, which lists frequent ones first. */
  List<String> words();

  /** Digest of what they were read from. */
  String sha256();

  /** What a reader should know of how they were read, a line each. */
  List<String> notes();

  /**
   * The vectors of some words, shape (N, D), in the order given.
   *
   * @throws StitchException (bad input) if one is not among {@link #words}
   */
  FloatMatrix vectors(List<String> wanted);

  /**
   * Word vectors in memory.
   *
   * @param vectors one a word, shape (N, D)
   */
  static WordVectors of(String name, String sha256, List<String> words, FloatMatrix vectors) {
    return new InMemory(name, sha256, List.copyOf(words), vectors, List.of());
  }

  /** Word vectors in memory. */
  record InMemory(
      String name, String sha256, List<String> words, FloatMatrix matrix, List<String> notes)
      implements WordVectors {
    @Override
    public FloatMatrix vectors(List<String> wanted) {
      Map<String, Integer> rows = new HashMap<>();
      for (int i = 0; i < words.size(); i++) {
        rows.put(words.get(i), i);
      }
      return matrix.select(wanted.stream().mapToInt(word -> row(rows, word)).toArray());
    }

    private int row(Map<String, Integer> rows, String word) {
      Integer row = rows.get(word);
      if (row == null) {
        throw StitchException.badInput("'%s' has no word %s", name, Excerpt.of(word));
      }
      return row;
    }
  }
}
