// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.words;

import java.util.Arrays;

/**
 * Counts of words near each other, near ones counting more: at distance d in a window of w, {@code
 * (w + 1 - d) / w}, which is what a window of random width gives on average.
 */
final class Cooccurrences {
  private final WordCorpus corpus;
  private final int window;
  private final int[][] places; // of each word: text, place, text, place, ...

  private Cooccurrences(WordCorpus corpus, int window) {
    this.corpus = corpus;
    this.window = window;
    this.places = new int[corpus.words().size()][];
    Arrays.setAll(places, word -> new int[2 * corpus.count(word)]);
    int[] size = new int[places.length];
    for (int t = 0; t < corpus.size(); t++) {
      int[] text = corpus.text(t);
      for (int p = 0; p < text.length; p++) {
        places[text[p]][size[text[p]]++] = t;
        places[text[p]][size[text[p]]++] = p;
      }
    }
  }

  /**
   * Positive pointwise mutual information of words and the words near them, {@code max(0, ln (C_ij
   * S / (C_i c_j)))}, where C_i is the sum of a row of counts, c_j such a sum to the power 0.75,
   * and S the sum of these (Levy, Goldberg, Dagan, Improving distributional similarity with lessons
   * learned from word embeddings, TACL 2015). Shape (W, W).
   */
  static SparseRows information(WordCorpus corpus, int window) {
    return new Cooccurrences(corpus, window).information();
  }

  private SparseRows information() {
    int words = places.length;
    double[] sums = new double[words];
    double[] counts = new double[words];
    int[][] near = new int[words][];
    float[][] values = new float[words][];
    for (int i = 0; i < words; i++) {
      near[i] = count(i, counts);
      values[i] = new float[near[i].length];
      for (int k = 0; k < near[i].length; k++) {
        values[i][k] = (float) counts[near[i][k]];
        sums[i] += counts[near[i][k]];
        counts[near[i][k]] = 0;
      }
    }
    double[] flattened = Arrays.stream(sums).map(s -> StrictMath.pow(s, .75)).toArray();
    double all = Arrays.stream(flattened).sum();
    for (int i = 0; i < words; i++) {
      for (int k = 0; k < near[i].length; k++) {
        double ratio = values[i][k] * all / (sums[i] * flattened[near[i][k]]);
        values[i][k] = (float) Math.max(0, StrictMath.log(ratio));
      }
    }
    return new SparseRows(words, near, values);
  }

  // Adds to counts, and returns the words that have one.
  private int[] count(int word, double[] counts) {
    int[] found = new int[Math.min(counts.length, corpus.count(word) * 2 * window)];
    int size = 0;
    for (int at = 0; at < places[word].length; at += 2) {
      int[] text = corpus.text(places[word][at]);
      int place = places[word][at + 1];
      int end = Math.min(text.length, place + window + 1);
      for (int p = Math.max(0, place - window); p < end; p++) {
        if (p != place) {
          if (counts[text[p]] == 0) {
            found[size++] = text[p];
          }
          counts[text[p]] += (window + 1.0 - Math.abs(p - place)) / window;
        }
      }
    }
    int[] sorted = Arrays.copyOf(found, size);
    Arrays.sort(sorted);
    return sorted;
  }
}
