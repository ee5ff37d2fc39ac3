// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;

/** Refuses images and input sizes that are too large, before memory is allocated. */
final class ImageLimits {
  /** Longest side that an encoder may read; published ones stop at 1,024. */
  static final int LONGEST_INPUT = 4096;

  /** Most pixels of an image; decoded, they take 300 MB. */
  private static final long MOST_PIXELS = 100_000_000;

  /** Deflate shrinks 1032 times at most, and a byte of a PNG holds at most eight pixels. */
  private static final long MOST_PIXELS_A_BYTE = 1032 * 8;

  /** Most pixels of a GIF's screen in a file of any size; its first picture may be a dot. */
  private static final long SMALL_SCREEN = 4_000_000;

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

  /** Checks the size in a file's header against the limit and the file's length. */
  static void requirePixels(long width, long height, long bytes) throws ImageFault {
    String size = "has " + width + " x " + height + " pixels";
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new ImageFault(size + "; a side needs at least 1");
    }
    if (width * height > MOST_PIXELS) {
      throw new ImageFault(size + " but at most " + MOST_PIXELS + " are read; make it smaller");
    }
    if (width * height > MOST_PIXELS_A_BYTE * bytes) {
      throw ImageFault.damaged("it " + size + " in " + bytes + " bytes, which is impossible");
    }
  }

  /** Checks the screen of a GIF file, which takes memory whatever the file's length is. */
  static void requireScreen(long width, long height, long bytes) throws ImageFault {
    if (width * height > SMALL_SCREEN) {
      requirePixels(width, height, bytes);
    }
  }
}
