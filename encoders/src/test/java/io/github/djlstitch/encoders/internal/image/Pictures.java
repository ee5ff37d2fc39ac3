// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.encoders.image.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** The synthetic image of the check values, and their sums. */
final class Pictures {
  private Pictures() {}

  /** Channel c of pixel (x, y) is (37x + 91y + 53c + 7xy) mod 256. */
  static RgbImage synthetic(int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      pixels[i] = (byte) (37 * x + 91 * y + 53 * (i % 3) + 7 * x * y);
    }
    return RgbImage.wrap(width, height, pixels);
  }

  static String crc(RgbImage image) {
    return crc(image.pixels());
  }

  static String crc(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return crc(bytes.array());
  }

  private static String crc(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return "%08x".formatted(crc.getValue());
  }
}
