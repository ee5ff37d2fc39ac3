// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.encoders.image.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A BMP file without compression. */
final class BmpFile {
  private static final int FILE_HEADER = 14;
  private static final int OS2_HEADER = 12;
  private static final int WINDOWS_HEADER = 40;
  private static final int BITFIELDS = 3;
  private static final int COLORS_USED = 46;
  private static final int COLOR_SPACE = 70;
  private static final int SRGB = 0x73524742;

  private final byte[] bytes;
  private final int width;
  private final int height;

  private BmpFile(byte[] bytes, int width, int height) {
    this.bytes = bytes;
    this.width = width;
    this.height = height;
  }

  /** Reads the header and checks that the file has all pixels. */
  static BmpFile read(byte[] bytes) throws ImageFault {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < FILE_HEADER + WINDOWS_HEADER) {
      throw ImageFault.truncated();
    }
    long pixels = Integer.toUnsignedLong(in.getInt(10));
    int header = in.getInt(FILE_HEADER);
    boolean os2 = header == OS2_HEADER;
    if (!os2 && (header < WINDOWS_HEADER || header > bytes.length - FILE_HEADER)) {
      throw ImageFault.damaged("its header has " + header + " bytes");
    }
    long width = os2 ? in.getShort(18) & 0xffff : in.getInt(18);
    long height = os2 ? in.getShort(20) & 0xffff : Math.abs((long) in.getInt(22));
    int bits = in.getShort(os2 ? 24 : 28);
    requireUncompressed(os2 ? 0 : in.getInt(30), bits);
    ImageLimits.requirePixels(width, height, bytes.length);
    long rowBytes = (width * bits + 31) / 32 * 4;
    if (pixels < FILE_HEADER + header || pixels + rowBytes * height > bytes.length) {
      throw ImageFault.truncated();
    }
    return new BmpFile(withoutProfile(bytes, in, header), (int) width, (int) height);
  }

  // The JDK would make room for as many colors and as large a profile as the header says.
  private static byte[] withoutProfile(byte[] bytes, ByteBuffer in, int header) throws ImageFault {
    if (header < WINDOWS_HEADER) {
      return bytes;
    }
    int colors = in.getInt(COLORS_USED);
    if (colors < 0 || colors > 256) {
      throw ImageFault.damaged("it has " + colors + " colors in its table");
    }
    if (header < COLOR_SPACE + Integer.BYTES - FILE_HEADER) {
      return bytes;
    }
    byte[] plain = bytes.clone();
    ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).putInt(COLOR_SPACE, SRGB);
    return plain;
  }

  private static void requireUncompressed(int compression, int bits) throws ImageFault {
    boolean masks = compression == BITFIELDS && (bits == 16 || bits == 32);
    if (compression != 0 && !masks) {
      throw new ImageFault("is a compressed BMP file, which is not read; save it as PNG");
    }
    switch (bits) {
      case 1, 4, 8, 16, 24, 32 -> {}
      default -> throw ImageFault.damaged("a BMP file cannot have " + bits + " bits a pixel");
    }
  }

  /** Decodes the pixels. */
  RgbImage decode() throws IOException {
    BufferedImage image = JdkReader.BMP.image(bytes);
    var samples = new Samples(image.getRaster(), width, height);
    if (image.getColorModel() instanceof IndexColorModel colors) {
      return samples.lookedUp(Palettes.of(colors));
    }
    int[] bits = image.getSampleModel().getSampleSize();
    return bits.length == 1 ? samples.gray(bits[0]) : samples.rgb(bits); // a gray palette is gone
  }
}
