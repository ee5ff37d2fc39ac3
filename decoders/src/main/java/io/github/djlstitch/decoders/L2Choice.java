// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.random.RandomOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Chooses the L2 weight of a linear head on its own training samples: the strongest whose accuracy
 * on samples held out is within one standard error of the best (Breiman et al. 1984), because of
 * heads that read their own space alike the more restrained one stitches better.
 *
 * <p>Samples are held out by the folds of a cross-validation, only as many of which are tried as
 * hold enough samples to tell. Weights are tried from strong to weak, each from the solution of the
 * one before, until two in a row are no better. Deterministic by the seed.
 */
final class L2Choice {
  /** From strong to weak; the mean loss of a sample is what they are weighed against. */
  static final List<Double> WEIGHTS = List.of(1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6);

  private static final int FOLDS = 5;
  private static final int ENOUGH = 500; // held out; a standard error is then below .023
  private static final int MOST = 10_000; // samples that are looked at
  private static final int PATIENCE = 2;
  private static final double TOLERANCE = 1e-4; // of a gradient, enough to rank weights

  private final List<Fold> folds = new ArrayList<>();

  /** Samples that a head is trained without. */
  private static final class Fold {
    private final LinearTraining training;
    private final FloatMatrix inputs;
    private final int[] labels;
    private final float[] weights;

    Fold(LinearTraining training, FloatMatrix inputs, int[] labels, float[] weights) {
      this.training = training;
      this.inputs = inputs;
      this.labels = labels;
      this.weights = weights;
    }

    double correct(double l2) {
      int[] found = LinearWeights.ofFit(training.solve(l2, TOLERANCE)).decode(inputs).argMaxRows();
      return IntStream.range(0, found.length)
          .filter(i -> found[i] == labels[i])
          .mapToDouble(i -> weights[i])
          .sum();
    }
  }

  private L2Choice() {}

  /**
   * The weight for these samples.
   *
   * @param inputs shape (N, D), at least two
   * @param labels N label indices
   * @param classes C
   * @param balanced true if every class weighs the same
   * @param seed decides what is held out
   */
  static double of(FloatMatrix inputs, int[] labels, int classes, boolean balanced, long seed) {
    var choice = new L2Choice();
    try {
      choice.holdOut(inputs, labels, classes, balanced, seed);
      return choice.choose();
    } finally {
      choice.folds.forEach(fold -> fold.training.close());
    }
  }

  private void holdOut(FloatMatrix inputs, int[] labels, int classes, boolean balanced, long seed) {
    int[] rows = ordered(labels, seed);
    int parts = Math.min(FOLDS, rows.length);
    int tried = Math.min(parts, (parts * ENOUGH + rows.length - 1) / rows.length);
    for (int fold = 0; fold < tried; fold++) {
      int part = fold;
      int[] left = rows(rows, i -> i % parts == part);
      int[] others = rows(rows, i -> i % parts != part);
      int[] known = labels(labels, others);
      float[] weights = HeadTrainer.sampleWeights(known, classes, balanced);
      int[] asked = labels(labels, left);
      folds.add(
          new Fold(
              new LinearTraining(inputs.select(others), known, classes, weights),
              inputs.select(left),
              asked,
              HeadTrainer.sampleWeights(asked, classes, balanced)));
    }
  }

  // Shuffled and then sorted by label, so that every fifth is a fold with its share of each class.
  private static int[] ordered(int[] labels, long seed) {
    return Arrays.stream(RandomOrder.uniform(labels.length, Math.min(labels.length, MOST), seed))
        .boxed()
        .sorted(Comparator.comparingInt(i -> labels[i]))
        .mapToInt(i -> i)
        .toArray();
  }

  private static int[] rows(int[] rows, IntPredicate wanted) {
    return IntStream.range(0, rows.length).filter(wanted).map(i -> rows[i]).toArray();
  }

  private static int[] labels(int[] labels, int[] rows) {
    return Arrays.stream(rows).map(i -> labels[i]).toArray();
  }

  private double choose() {
    List<Double> accuracies = new ArrayList<>();
    double best = 0;
    int since = 0;
    for (int i = 0; i < WEIGHTS.size() && since < PATIENCE; i++) {
      double accuracy = accuracy(WEIGHTS.get(i));
      accuracies.add(accuracy);
      since = accuracy > best ? 0 : since + 1;
      best = Math.max(best, accuracy);
    }
    double least = best - standardError(best);
    int strongest =
        IntStream.range(0, accuracies.size())
            .filter(i -> accuracies.get(i) >= least)
            .findFirst()
            .orElse(0);
    return WEIGHTS.get(strongest);
  }

  private double accuracy(double l2) {
    return folds.stream().mapToDouble(fold -> fold.correct(l2)).average().orElse(0);
  }

  // Of a mean of folds, whose samples have weights that sum to 1.
  private double standardError(double accuracy) {
    double squares = 0;
    for (Fold fold : folds) {
      for (float weight : fold.weights) {
        squares += (double) weight * weight / folds.size() / folds.size();
      }
    }
    return Math.sqrt(accuracy * (1 - accuracy) * squares);
  }
}
