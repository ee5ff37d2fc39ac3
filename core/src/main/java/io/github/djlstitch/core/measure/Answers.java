// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.StitchException;
import java.util.stream.IntStream;

/** A decoder's predicted classes of test samples with their true classes. Immutable. */
public final class Answers {
  private final int[] expected;
  private final int[] predicted;
  private final int classes;

  private Answers(int[] expected, int[] predicted, int classes) {
    this.expected = expected;
    this.predicted = predicted;
    this.classes = classes;
  }

  /**
   * Pairs predicted with true labels.
   *
   * @param expected N true label indices, at least one
   * @param predicted N predicted ones
   * @param classes number of classes
   * @throws StitchException (bad input) if the lengths differ or are 0, or an index is no class
   */
  public static Answers of(int[] expected, int[] predicted, int classes) {
    if (expected.length != predicted.length || expected.length == 0) {
      throw StitchException.badInput(
          "%d answers to %d samples; expected one for each, and at least 1",
          predicted.length, expected.length);
    }
    IntStream.concat(IntStream.of(expected), IntStream.of(predicted))
        .filter(label -> label < 0 || label >= classes)
        .findFirst()
        .ifPresent(
            label -> {
              throw StitchException.badInput(
                  "label index %d; expected 0 to %d", label, classes - 1);
            });
    return new Answers(expected.clone(), predicted.clone(), classes);
  }

  /** The number of samples. */
  public int count() {
    return expected.length;
  }

  /** The score on all samples. */
  public double score(Metric metric) {
    return metric.of(expected, predicted, classes);
  }

  /** The score on some samples, which may occur several times. */
  double score(Metric metric, int[] rows) {
    return metric.of(
        IntStream.of(rows).map(i -> expected[i]).toArray(),
        IntStream.of(rows).map(i -> predicted[i]).toArray(),
        classes);
  }
}
