// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.image.RgbImage;
import java.util.Arrays;

/** The two passes of a separable resize, in 32-bit integers. */
final class Passes {
  private static final int HALF = 1 << (ResampleWeights.BITS - 1);
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8; // the limit of common JVMs

  private Passes() {}

  /** Room for an RGB image. */
  static byte[] allocate(int width, int height) {
    long bytes = 3L * width * height;
    if (bytes > LARGEST_ARRAY) {
      throw StitchException.badInput(
          "an image of %d x %d pixels does not fit into one array", width, height);
    }
    return new byte[(int) bytes];
  }

  /** All rows, at another width. */
  static RgbImage horizontal(RgbImage image, ResampleWeights weights) {
    byte[] pixels = allocate(weights.targets(), image.height());
    for (int y = 0; y < image.height(); y++) {
      row(image.pixels(), 3 * y * image.width(), weights, pixels, 3 * y * weights.targets());
    }
    return RgbImage.wrap(weights.targets(), image.height(), pixels);
  }

  private static void row(
      byte[] source, int start, ResampleWeights weights, byte[] target, int to) {
    int[] values = weights.values();
    for (int o = 0; o < weights.targets(); o++) {
      int from = start + 3 * weights.first(o);
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int end = weights.offset(o) + weights.count(o);
      for (int k = weights.offset(o); k < end; k++, from += 3) {
        int weight = values[k];
        red += weight * (source[from] & 0xff);
        green += weight * (source[from + 1] & 0xff);
        blue += weight * (source[from + 2] & 0xff);
      }
      target[to + 3 * o] = clipped(red);
      target[to + 3 * o + 1] = clipped(green);
      target[to + 3 * o + 2] = clipped(blue);
    }
  }

  /**
   * All columns, at another height.
   *
   * @param skipped rows of the source that the image lacks at its top
   */
  static RgbImage vertical(RgbImage image, ResampleWeights weights, int skipped) {
    int bytes = 3 * image.width();
    byte[] pixels = allocate(image.width(), weights.targets());
    int[] sums = new int[bytes];
    for (int o = 0; o < weights.targets(); o++) {
      Arrays.fill(sums, HALF);
      int row = weights.first(o) - skipped;
      for (int k = 0; k < weights.count(o); k++) {
        add(image.pixels(), (row + k) * bytes, weights.values()[weights.offset(o) + k], sums);
      }
      for (int i = 0; i < bytes; i++) {
        pixels[o * bytes + i] = clipped(sums[i]);
      }
    }
    return RgbImage.wrap(image.width(), weights.targets(), pixels);
  }

  private static void add(byte[] source, int start, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * (source[start + i] & 0xff);
    }
  }

  private static byte clipped(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> ResampleWeights.BITS));
  }
}
