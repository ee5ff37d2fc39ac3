// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;

/** Checks the vectors that a method is fitted on. */
final class Pairs {
  private Pairs() {}

  /** Requires the same anchors in both spaces, at least {@code least} of them, all finite. */
  static void require(FloatMatrix from, FloatMatrix to, int least) {
    if (from.rows() != to.rows()) {
      throw StitchException.badInput(
          "an alignment needs the same anchors in both spaces but got %d and %d",
          from.rows(), to.rows());
    }
    requireRows(from, "source", least);
    requireRows(to, "target", least);
  }

  /** Requires at least {@code least} rows, all finite. */
  static void requireRows(FloatMatrix space, String name, int least) {
    if (space.rows() < least) {
      throw StitchException.badInput(
          "the %s space needs at least %d vectors but got %d", name, least, space.rows());
    }
    space
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "vector %d of the %s space has a value that is not finite; encode it again",
                  row, name);
            });
  }
}
