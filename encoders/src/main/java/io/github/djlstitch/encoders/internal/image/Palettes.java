// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import java.awt.image.IndexColorModel;

/** The colors of palette indices. */
final class Palettes {
  private Palettes() {}

  /** Red, green and blue of all colors, side by side. */
  static byte[] of(IndexColorModel colours) {
    byte[] palette = new byte[3 * colours.getMapSize()];
    for (int i = 0; i < colours.getMapSize(); i++) {
      palette[3 * i] = (byte) colours.getRed(i);
      palette[3 * i + 1] = (byte) colours.getGreen(i);
      palette[3 * i + 2] = (byte) colours.getBlue(i);
    }
    return palette;
  }
}
