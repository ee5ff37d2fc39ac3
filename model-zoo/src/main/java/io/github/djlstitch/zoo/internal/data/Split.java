// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.internal.text.Excerpt;

/** The part of a data set that a row belongs to. */
enum Split {
  TRAIN,
  TEST;

  /** Its usual name: {@code train} or {@code test}. */
  String folder() {
    return this == TRAIN ? "train" : "test";
  }

  static Split parse(String value, Place at) {
    return switch (value) {
      case "train" -> TRAIN;
      case "test" -> TEST;
      default ->
          throw StitchException.badInput(
              "%s: split must be 'train' or 'test' but is %s; rename or remove the row",
              at, Excerpt.of(value));
    };
  }
}
