// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import java.nio.ByteBuffer;

/** An uncompressed image inside a larger block of bytes, which it shares with its neighbors. */
final class RawImage implements ImageSource {
  private static final int RGB = 3;

  private final Place at;
  private final byte[] block;
  private final int offset;
  private final int width;
  private final int height;
  private final int planes;

  private RawImage(Place at, byte[] block, int offset, int width, int height, int planes) {
    this.at = at;
    this.block = block;
    this.offset = offset;
    this.width = width;
    this.height = height;
    this.planes = planes;
  }

  /** All red values, then all green, then all blue, each row by row; a square of such a side. */
  static RawImage planarRgb(Place at, byte[] block, int offset, int side) {
    return new RawImage(at, block, offset, side, side, RGB);
  }

  /** One brightness for each pixel, row by row. */
  static RawImage grey(Place at, byte[] block, int offset, int width, int height) {
    return new RawImage(at, block, offset, width, height, 1);
  }

  @Override
  public String name() {
    return at.toString();
  }

  @Override
  public RgbImage decode() {
    int size = width * height;
    byte[] pixels = new byte[RGB * size];
    for (int i = 0; i < size; i++) {
      for (int c = 0; c < RGB; c++) {
        pixels[RGB * i + c] = block[offset + (planes == 1 ? 0 : c * size) + i];
      }
    }
    return RgbImage.wrap(width, height, pixels);
  }

  @Override
  public void addTo(Sha256 digest) {
    digest.add(width).add(height).add(planes);
    digest.add(ByteBuffer.wrap(block, offset, planes * width * height));
  }
}
