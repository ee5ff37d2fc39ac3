// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.words;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The random choices of word2vec: which words of a text are read, and which are negatives. */
final class WordDraws {
  private static final double FLATTER = .75; // the power of counts, of word2vec
  private static final int PLACES = 1 << 20;

  private final int[] table;
  private final double[] kept;

  private WordDraws(int[] table, double[] kept) {
    this.table = table;
    this.kept = kept;
  }

  /**
   * Draws for a corpus.
   *
   * @param frequent share of all words above which a word is passed over now and then
   */
  static WordDraws of(WordCorpus corpus, double frequent) {
    int words = corpus.words().size();
    double[] kept = new double[words];
    for (int i = 0; i < words; i++) {
      double share = (double) corpus.count(i) / corpus.total();
      kept[i] = (Math.sqrt(share / frequent) + 1) * frequent / share; // as in word2vec.c
    }
    return new WordDraws(table(flattened(corpus)), kept);
  }

  /** Shares of the words by their flattened counts; they sum to 1. */
  static double[] flattened(WordCorpus corpus) {
    double[] shares = new double[corpus.words().size()];
    Arrays.setAll(shares, i -> StrictMath.pow(corpus.count(i), FLATTER));
    double sum = Arrays.stream(shares).sum();
    Arrays.setAll(shares, i -> shares[i] / sum);
    return shares;
  }

  private static int[] table(double[] shares) {
    int[] table = new int[PLACES];
    int word = 0;
    double reached = shares[0];
    for (int i = 0; i < PLACES; i++) {
      while (i >= reached * PLACES && word + 1 < shares.length) {
        reached += shares[++word];
      }
      table[i] = word;
    }
    return table;
  }

  /** A random word, by its flattened count. */
  int negative(SplittableRandom random) {
    return table[random.nextInt(PLACES)];
  }

  /** The words of a text that are read this time. */
  int[] kept(int[] text, SplittableRandom random) {
    int[] out = new int[text.length];
    int size = 0;
    for (int word : text) {
      if (kept[word] > random.nextDouble()) {
        out[size++] = word;
      }
    }
    return Arrays.copyOf(out, size);
  }
}
