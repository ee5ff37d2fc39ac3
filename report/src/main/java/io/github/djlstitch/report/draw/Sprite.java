// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.encoders.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Images in a grid as one picture, with transparent gaps. Immutable. */
final class Sprite {
  /** Pixels between two images. */
  static final int GAP = 2;

  private static final int OPAQUE = 0xff000000;
  private static final int BYTE = 0xff;

  private final BufferedImage pixels;

  private Sprite(BufferedImage pixels) {
    this.pixels = pixels;
  }

  /** The images of a grid whose cells are all so large; a smaller image is in its cell's middle. */
  static Sprite of(List<List<RgbImage>> rows, int columns, int cellWidth, int cellHeight) {
    var all =
        new BufferedImage(
            columns * (cellWidth + GAP) - GAP,
            rows.size() * (cellHeight + GAP) - GAP,
            BufferedImage.TYPE_INT_ARGB);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        RgbImage image = rows.get(row).get(column);
        int left = column * (cellWidth + GAP) + (cellWidth - image.width()) / 2;
        int top = row * (cellHeight + GAP) + (cellHeight - image.height()) / 2;
        copy(image, all, left, top);
      }
    }
    return new Sprite(all);
  }

  private static void copy(RgbImage image, BufferedImage all, int left, int top) {
    byte[] bytes = image.pixels();
    for (int i = 0; i < image.width() * image.height(); i++) {
      int rgb =
          (bytes[3 * i] & BYTE) << 16 | (bytes[3 * i + 1] & BYTE) << 8 | (bytes[3 * i + 2] & BYTE);
      all.setRGB(left + i % image.width(), top + i / image.width(), OPAQUE | rgb);
    }
  }

  BufferedImage pixels() {
    return pixels;
  }

  /** As a PNG file. */
  byte[] png() {
    return png(pixels);
  }

  static byte[] png(BufferedImage image) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
