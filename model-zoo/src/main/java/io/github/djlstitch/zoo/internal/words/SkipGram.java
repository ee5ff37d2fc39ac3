// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.words;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.random.RandomOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Skip-gram with negative sampling: each word's vector learns to tell the words around it from
 * random ones (Mikolov et al., Distributed representations of words and phrases and their
 * compositionality, NeurIPS 2013). One thread and plain loops, so that a seed gives the same bits
 * everywhere.
 */
final class SkipGram {
  private static final String TASK = "train word vectors (skip-gram)";
  private static final int SLICE = 2000; // texts between reports
  private static final double LAST_RATE = 1e-4; // of the first; as in word2vec.c

  /**
   * Settings of a training; {@link #small} are those of word2vec for much text, but narrower and
   * with twice the rate.
   *
   * @param width D, values a word; a multiple of 4
   * @param window most words on each side; each place draws its own, 1 to this
   * @param negatives random words for each true one
   * @param epochs passes over the texts
   * @param rate of the first step; falls to nearly nothing, linearly
   * @param frequent share of the texts above which a word is often passed over
   */
  record Options(int width, int window, int negatives, int epochs, double rate, double frequent) {
    /** Checks the ranges. */
    Options {
      if (width < 4 || width % 4 != 0 || Math.min(window, Math.min(negatives, epochs)) < 1) {
        throw StitchException.usage(
            "skip-gram needs a width that 4 divides and 1 or more words in a window, negatives and"
                + " epochs but got %d, %d, %d and %d",
            width, window, negatives, epochs);
      }
    }

    static Options small(int width, int epochs) {
      return new Options(width, 5, 5, epochs, .05, 1e-4);
    }
  }

  private final WordCorpus corpus;
  private final Options options;
  private final SplittableRandom random;
  private final WordDraws draws;
  private final float[][] inner;
  private final float[][] outer;
  private final float[] pull;
  private float rate;

  private SkipGram(WordCorpus corpus, Options options, long seed) {
    int words = corpus.words().size();
    this.corpus = corpus;
    this.options = options;
    this.random = new SplittableRandom(seed);
    this.draws = WordDraws.of(corpus, options.frequent());
    this.inner = new float[words][options.width()];
    this.outer = new float[words][options.width()];
    this.pull = new float[options.width()];
    for (float[] vector : inner) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) ((random.nextDouble() - .5) / vector.length);
      }
    }
  }

  /** Vectors of the corpus's words, shape (W, D). */
  static FloatMatrix train(WordCorpus corpus, Options options, long seed, Progress progress) {
    var model = new SkipGram(corpus, options, seed);
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      model.epoch(epoch, RandomOrder.permutation(corpus.size(), seed + epoch), progress);
    }
    return FloatMatrix.of(model.inner);
  }

  private void epoch(int epoch, int[] order, Progress progress) {
    long all = (long) options.epochs() * order.length;
    for (int i = 0; i < order.length; i++) {
      long done = (long) epoch * order.length + i;
      rate = (float) (options.rate() * Math.max(LAST_RATE, 1 - (double) done / all));
      read(draws.kept(corpus.text(order[i]), random));
      if ((i + 1) % SLICE == 0 || i + 1 == order.length) {
        progress.at(TASK, done + 1, all);
      }
    }
  }

  private void read(int[] text) {
    for (int place = 0; place < text.length; place++) {
      int reach = 1 + random.nextInt(options.window());
      int end = Math.min(text.length, place + reach + 1);
      for (int near = Math.max(0, place - reach); near < end; near++) {
        if (near != place) {
          learn(inner[text[near]], text[place]);
        }
      }
    }
  }

  private void learn(float[] vector, int word) {
    Arrays.fill(pull, 0);
    step(vector, outer[word], 1);
    for (int i = 0; i < options.negatives(); i++) {
      int other = draws.negative(random);
      if (other != word) {
        step(vector, outer[other], 0);
      }
    }
    add(1, pull, vector);
  }

  private void step(float[] vector, float[] context, float truth) {
    float gradient = rate * (truth - Logistic.of(dot(vector, context)));
    add(gradient, context, pull);
    add(gradient, vector, context);
  }

  // Four sums, which a processor can work on at once; their order is fixed.
  private static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int i = 0; i < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void add(float times, float[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] += times * from[i];
    }
  }
}
