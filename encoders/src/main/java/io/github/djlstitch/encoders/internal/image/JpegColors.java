// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.encoders.image.RgbImage;

/**
 * The colors of JPEG files, in libjpeg's integer arithmetic (T. Lane, Independent JPEG Group,
 * {@code jdcolor.c}), and of inks in Pillow's.
 */
final class JpegColors {
  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);
  private static final int RED_OF_CR = fixed(1.402);
  private static final int GREEN_OF_CR = fixed(0.71414);
  private static final int GREEN_OF_CB = fixed(0.34414);
  private static final int BLUE_OF_CB = fixed(1.772);

  private JpegColors() {}

  private static int fixed(double factor) {
    return (int) (factor * (1 << BITS) + 0.5);
  }

  /** Luma and two chroma channels. */
  static RgbImage ofYcc(Samples samples, int width, int height) throws ImageFault {
    byte[] inPlace = samples.interleaved();
    if (inPlace.length == 0) {
      throw ImageFault.damaged("its channels do not lie side by side");
    }
    for (int i = 0; i < inPlace.length; i += 3) {
      int y = inPlace[i] & 0xff;
      int cb = (inPlace[i + 1] & 0xff) - 128;
      int cr = (inPlace[i + 2] & 0xff) - 128;
      inPlace[i] = (byte) red(y, cr);
      inPlace[i + 1] = (byte) green(y, cb, cr);
      inPlace[i + 2] = (byte) blue(y, cb);
    }
    return RgbImage.wrap(width, height, inPlace);
  }

  /**
   * Four inks, inverted as Adobe's programs write them.
   *
   * @param ycc true if the first three channels are stored as luma and chroma
   */
  static RgbImage ofInks(Samples samples, boolean ycc) throws ImageFault {
    return samples.rows(
        (values, target, offset) -> {
          for (int i = 0, to = offset; i < values.length; i += 4, to += 3) {
            if (ycc) {
              int y = values[i];
              int cb = values[i + 1] - 128;
              int cr = values[i + 2] - 128;
              values[i] = 255 - red(y, cr);
              values[i + 1] = 255 - green(y, cb, cr);
              values[i + 2] = 255 - blue(y, cb);
            }
            int light = values[i + 3];
            for (int c = 0; c < 3; c++) {
              target[to + c] = (byte) Math.max(0, light - share(255 - values[i + c], light));
            }
          }
        });
  }

  // a * b / 255, rounded.
  private static int share(int a, int b) {
    int product = a * b + 128;
    return ((product >> 8) + product) >> 8;
  }

  private static int red(int y, int cr) {
    return clipped(y + ((RED_OF_CR * cr + HALF) >> BITS));
  }

  private static int green(int y, int cb, int cr) {
    return clipped(y + ((HALF - GREEN_OF_CB * cb - GREEN_OF_CR * cr) >> BITS));
  }

  private static int blue(int y, int cb) {
    return clipped(y + ((BLUE_OF_CB * cb + HALF) >> BITS));
  }

  private static int clipped(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
