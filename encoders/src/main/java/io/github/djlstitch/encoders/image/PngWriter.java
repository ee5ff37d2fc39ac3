// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes images as PNG, pixel for pixel. */
final class PngWriter {
  private static final int CHANNELS = 3;

  private PngWriter() {}

  /** The file of an image. */
  static byte[] of(RgbImage image) {
    var picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length / CHANNELS; i++) {
      int red = pixels[CHANNELS * i] & 0xff;
      int green = pixels[CHANNELS * i + 1] & 0xff;
      int blue = pixels[CHANNELS * i + 2] & 0xff;
      picture.setRGB(i % image.width(), i / image.width(), red << 16 | green << 8 | blue);
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(picture, "png", out)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array took no more bytes", e);
    }
    return bytes.toByteArray();
  }
}
