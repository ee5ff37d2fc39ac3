// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.util.List;
import java.util.Locale;

/**
 * The part of a data set that a row belongs to. Rows for validation take the place of train or test
 * rows that are missing, and are left out beside both.
 */
enum Split {
  TRAIN,
  TEST,
  VALIDATION;

  /** The two that every data set has. */
  static final List<Split> USED = List.of(TRAIN, TEST);

  /** Its usual name: {@code train}, {@code test} or {@code validation}. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The split that a value of a column means, by the words that folders are called by. */
  static Split parse(String value, Place at) {
    Part part = Part.ofFolder(value.strip());
    if (part == null) {
      throw StitchException.badInput(
          "%s: split must be 'train', 'test' or 'validation' but is %s; rename or remove the row",
          at, Excerpt.of(value));
    }
    return valueOf(part.name());
  }
}
