// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import java.awt.image.IndexColorModel;

/** The colors of palette indices. */
final class Palettes {
  private Palettes() {}

  /** Red, green and blue of all colors, side by side. */
  static byte[] of(IndexColorModel colors) {
    byte[] palette = new byte[3 * colors.getMapSize()];
    for (int i = 0; i < colors.getMapSize(); i++) {
      palette[3 * i] = (byte) colors.getRed(i);
      palette[3 * i + 1] = (byte) colors.getGreen(i);
      palette[3 * i + 2] = (byte) colors.getBlue(i);
    }
    return palette;
  }
}
