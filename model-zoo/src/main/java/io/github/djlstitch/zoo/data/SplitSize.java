// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.internal.text.Excerpt;

/**
 * Limits the samples of a data set, for quick runs. Samples are chosen class by class in proportion
 * to the class sizes, by a hash of seed and id: parallel data sets keep the same ids.
 *
 * @param train most train samples, at least 1
 * @param test most test samples, at least 1
 */
public record SplitSize(int train, int test) {
  /** Checks both sizes. */
  public SplitSize {
    if (train < 1 || test < 1) {
      throw StitchException.usage(
          "split size %d,%d must be two numbers of at least 1: TRAIN,TEST", train, test);
    }
  }

  /**
   * Reads the form {@code TRAIN,TEST} of the command line.
   *
   * @throws StitchException (usage) if it is anything else
   */
  public static SplitSize parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length == 2) {
      try {
        return new SplitSize(
            Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
      } catch (NumberFormatException e) {
        throw notTwoNumbers(text).because(e);
      }
    }
    throw notTwoNumbers(text);
  }

  private static StitchException notTwoNumbers(String text) {
    return StitchException.usage(
        "split size %s must be two whole numbers TRAIN,TEST, for example 1000,250",
        Excerpt.of(text));
  }
}
