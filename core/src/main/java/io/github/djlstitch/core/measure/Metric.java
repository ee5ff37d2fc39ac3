// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.StitchException;

/**
 * Scores of predicted against true labels, defined as scikit-learn defines them: a class without a
 * true or predicted sample has F1 0.
 */
public enum Metric {
  /** Share of correct predictions, in [0, 1]. */
  ACCURACY("accuracy"),
  /** F1 of each true class, averaged by its share of the true labels, in [0, 1]. */
  F1_WEIGHTED("f1_weighted"),
  /** Plain mean of F1 over the classes that occur in either list, in [0, 1]. */
  F1_MACRO("f1_macro"),
  /** Mean absolute difference of label indices, for ordinal labels. */
  MAE("mae");

  private final String id;

  Metric(String id) {
    this.id = id;
  }

  /** The name used in reports. */
  public String id() {
    return id;
  }

  /**
   * The score.
   *
   * @param expected true label indices, at least one
   * @param predicted as many predicted label indices
   * @param classes number of classes
   * @throws StitchException (bad input) if the lengths differ or are 0, or a label is not in 0 to
   *     {@code classes - 1}
   */
  public double of(int[] expected, int[] predicted, int classes) {
    if (expected.length != predicted.length || expected.length == 0) {
      throw StitchException.badInput(
          "a score needs as many predictions as labels, and at least 1, but got %d for %d",
          predicted.length, expected.length);
    }
    requireLabels(expected, classes);
    requireLabels(predicted, classes);
    return switch (this) {
      case ACCURACY -> accuracy(expected, predicted);
      case F1_WEIGHTED -> f1(expected, predicted, classes, true);
      case F1_MACRO -> f1(expected, predicted, classes, false);
      case MAE -> meanAbsoluteError(expected, predicted);
    };
  }

  private static void requireLabels(int[] labels, int classes) {
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw StitchException.badInput(
            "label %d is not one of %d classes; expected 0 to %d", label, classes, classes - 1);
      }
    }
  }

  private static double accuracy(int[] expected, int[] predicted) {
    int hits = 0;
    for (int i = 0; i < expected.length; i++) {
      hits += expected[i] == predicted[i] ? 1 : 0;
    }
    return (double) hits / expected.length;
  }

  private static double meanAbsoluteError(int[] expected, int[] predicted) {
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs(expected[i] - predicted[i]);
    }
    return sum / expected.length;
  }

  private static double f1(int[] expected, int[] predicted, int classes, boolean weighted) {
    int[] hits = new int[classes];
    int[] truths = new int[classes];
    int[] guesses = new int[classes];
    for (int i = 0; i < expected.length; i++) {
      truths[expected[i]]++;
      guesses[predicted[i]]++;
      hits[expected[i]] += expected[i] == predicted[i] ? 1 : 0;
    }
    double sum = 0;
    double weight = 0;
    for (int c = 0; c < classes; c++) {
      int seen = truths[c] + guesses[c];
      double w = weighted ? truths[c] : Math.signum(seen);
      sum += seen == 0 ? 0 : w * 2.0 * hits[c] / seen;
      weight += w;
    }
    return sum / weight;
  }
}
