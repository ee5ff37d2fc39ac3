// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.image;

import io.github.djlstitch.core.StitchException;

/** What is refused before memory is spent on it. */
final class ImageLimits {
  /** Longest side that an encoder may read; published ones stop at 1,024. */
  static final int LONGEST_INPUT = 4096;

  private ImageLimits() {}

  /**
   * Checks the input size of an encoder.
   *
   * @throws StitchException (bad input) if a side is not from 1 to {@link #LONGEST_INPUT}
   */
  static void requireInput(Size size) {
    if (Math.min(size.height(), size.width()) < 1
        || Math.max(size.height(), size.width()) > LONGEST_INPUT) {
      throw StitchException.badInput(
          "the input size is %s pixels, expected sides from 1 to %d", size, LONGEST_INPUT);
    }
  }
}
