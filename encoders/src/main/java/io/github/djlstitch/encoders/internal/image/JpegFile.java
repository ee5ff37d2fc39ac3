// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.encoders.image.RgbImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/** Decodes a JPEG file: its header, and its pixels. */
final class JpegFile {
  private static final int END = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int JFIF_LEAST = 14;
  private static final int ADOBE_LEAST = 12;

  private final byte[] bytes;
  private int width;
  private int height;
  private int[] components = {};
  private boolean jfif;
  private int frame; // index of its length
  private int adobe = -1; // the color transform that Adobe's marker names

  private JpegFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads the markers before the first scan. */
  static JpegFile read(byte[] bytes) throws ImageFault {
    var file = new JpegFile(bytes);
    int at = 2;
    while (true) {
      while (file.at(at) == 0xff && file.at(at + 1) == 0xff) {
        at++; // fill bytes
      }
      if (file.at(at) != 0xff) {
        throw ImageFault.damaged("its markers do not follow each other");
      }
      int marker = file.at(at + 1);
      int length = file.at(at + 2) << 8 | file.at(at + 3);
      if (marker == START_OF_SCAN) {
        break;
      }
      file.segment(marker, at + 4, length - 2);
      at += 2 + length;
    }
    if (file.components.length == 0) {
      throw ImageFault.damaged("it has no size");
    }
    file.requireEnd(at);
    JpegScans.requireFew(bytes, file.frame, at, file.width, file.height);
    return file;
  }

  // Without the end marker the decoder may be content with the bits that it has.
  private void requireEnd(int scan) throws ImageFault {
    int last = bytes.length - 2;
    while (last > scan && ((bytes[last] & 0xff) != 0xff || (bytes[last + 1] & 0xff) != END)) {
      last--;
    }
    if (last <= scan) {
      throw ImageFault.truncated();
    }
  }

  private int at(int index) throws ImageFault {
    if (index >= bytes.length) {
      throw ImageFault.truncated();
    }
    return bytes[index] & 0xff;
  }

  private void segment(int marker, int start, int length) throws ImageFault {
    if (length < 0) {
      throw ImageFault.damaged("a marker has no length");
    }
    switch (marker) {
      case 0xe0 -> jfif |= length >= JFIF_LEAST && startsWith("JFIF\0", start);
      case 0xee -> {
        if (length >= ADOBE_LEAST && startsWith("Adobe", start)) {
          adobe = at(start + 11);
        }
      }
      case 0xc0, 0xc1, 0xc2 -> frame(start, length);
      case 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf ->
          throw new ImageFault(
              "is a lossless or arithmetic-coded JPEG file, which is not read; save it as PNG");
      default -> {}
    }
  }

  private boolean startsWith(String text, int start) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.equals(
        bytes,
        start,
        Math.min(bytes.length, start + expected.length),
        expected,
        0,
        expected.length);
  }

  private void frame(int start, int length) throws ImageFault {
    int count = at(start + 5);
    if (components.length > 0 || length != 6 + 3 * count) {
      throw ImageFault.damaged("its header is invalid");
    }
    if (at(start) != 8) {
      throw new ImageFault("has " + at(start) + " bits a channel; save it with 8");
    }
    if (count != 1 && count != 3 && count != 4) {
      throw new ImageFault("has " + count + " channels, expected 1, 3 or 4");
    }
    frame = start - 2;
    height = at(start + 1) << 8 | at(start + 2);
    width = at(start + 3) << 8 | at(start + 4);
    ImageLimits.requirePixels(width, height, bytes.length);
    components = new int[count];
    for (int i = 0; i < count; i++) {
      components[i] = at(start + 6 + 3 * i);
    }
  }

  /** Decodes the pixels. */
  RgbImage decode() throws IOException {
    var damage = new Damage();
    Raster raster =
        JdkReader.JPEG.use(
            bytes,
            reader -> {
              reader.addIIOReadWarningListener(damage);
              return reader.readRaster(0, null);
            });
    damage.refuse();
    var samples = new Samples(raster, width, height);
    if (raster.getNumBands() != components.length) {
      throw ImageFault.damaged("its channels are not those of its header");
    }
    return switch (components.length) {
      case 1 -> samples.gray(8);
      case 3 -> isRgb() ? samples.rgb(8) : JpegColors.ofYcc(samples, width, height);
      default -> JpegColors.ofInks(samples, adobe > 0);
    };
  }

  // As libjpeg guesses, in this order.
  private boolean isRgb() {
    if (jfif) {
      return false;
    }
    return adobe >= 0
        ? adobe == 0
        : components[0] == 'R' && components[1] == 'G' && components[2] == 'B';
  }

  /**
   * Collects the decoder's warnings. The decoder would go on with gray pixels; damaged files are
   * refused.
   */
  private static final class Damage implements IIOReadWarningListener {
    private @Nullable String first;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      if (first == null && isDamage(warning)) {
        first = warning;
      }
    }

    // Some cameras write a few bytes too many after the last pixel.
    private static boolean isDamage(String warning) {
      return warning.contains("Premature")
          || (warning.contains("Corrupt") && !warning.endsWith("bytes before marker 0xd9"));
    }

    private void refuse() throws ImageFault {
      if (first != null) {
        throw first.contains("Premature end of")
            ? ImageFault.truncated()
            : ImageFault.damaged(first);
      }
    }
  }
}
