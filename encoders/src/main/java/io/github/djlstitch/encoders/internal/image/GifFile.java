// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.encoders.image.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;

/** Decodes a GIF file: the place of its first frame on the logical screen, and its pixels. */
final class GifFile {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int PICTURE = 0x2c;

  private final byte[] bytes;
  private int at = HEADER;
  private int background;
  private Window picture = new Window(0, 0, 0, 0);

  private GifFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads up to the first picture and checks that all of it is there. */
  static GifFile read(byte[] bytes) throws ImageFault {
    var file = new GifFile(bytes);
    file.at += file.colorsAfter(10);
    int block = file.at(file.at++);
    for (; block == EXTENSION; block = file.at(file.at++)) {
      file.extension();
    }
    if (block != PICTURE) {
      throw ImageFault.damaged("it has no picture");
    }
    file.picture();
    return file;
  }

  private int at(int index) throws ImageFault {
    if (index >= bytes.length) {
      throw ImageFault.truncated();
    }
    return bytes[index] & 0xff;
  }

  private int pair(int index) throws ImageFault {
    return at(index) | at(index + 1) << 8;
  }

  // Bytes of the color table that a field of flags announces.
  private int colorsAfter(int flags) throws ImageFault {
    return (at(flags) & 0x80) == 0 ? 0 : 3 << ((at(flags) & 7) + 1);
  }

  private void extension() throws ImageFault {
    int label = at(at++);
    if (label == CONTROL && at(at) >= 4 && (at(at + 1) & 1) != 0) {
      background = at(at + 4);
    }
    skipBlocks();
  }

  private void picture() throws ImageFault {
    picture = new Window(pair(at), pair(at + 2), pair(at + 4), pair(at + 6));
    ImageLimits.requirePixels(picture.width(), picture.height(), bytes.length);
    ImageLimits.requireScreen(screenWidth(), screenHeight(), bytes.length);
    at += 9 + colorsAfter(at + 8);
    at++; // the size of a code
    skipBlocks();
  }

  private void skipBlocks() throws ImageFault {
    int length = at(at++);
    for (; length > 0; length = at(at++)) {
      at += length;
    }
  }

  private int screenWidth() throws ImageFault {
    return Math.max(pair(6), picture.right());
  }

  private int screenHeight() throws ImageFault {
    return Math.max(pair(8), picture.bottom());
  }

  /** Decodes the first picture onto the screen. */
  RgbImage decode() throws IOException {
    var progress = new Progress();
    BufferedImage image =
        JdkReader.GIF.use(
            bytes,
            reader -> {
              reader.addIIOReadProgressListener(progress);
              return reader.read(0);
            });
    progress.requireAll();
    byte[] palette = Palettes.of((IndexColorModel) image.getColorModel());
    RgbImage decoded =
        new Samples(image.getRaster(), picture.width(), picture.height()).lookedUp(palette);
    return onScreen(decoded, palette);
  }

  private RgbImage onScreen(RgbImage decoded, byte[] palette) throws ImageFault {
    int width = screenWidth();
    int height = screenHeight();
    if (width == decoded.width() && height == decoded.height()) {
      return decoded;
    }
    byte[] pixels = Passes.allocate(width, height);
    for (int i = 0; i < pixels.length && 3 * background < palette.length; i++) {
      pixels[i] = palette[3 * background + i % 3];
    }
    int row = 3 * decoded.width();
    for (int y = 0; y < decoded.height(); y++) {
      int to = 3 * ((picture.top() + y) * width + picture.left());
      System.arraycopy(decoded.pixels(), y * row, pixels, to, row);
    }
    return RgbImage.wrap(width, height, pixels);
  }
}
