// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.image;

import io.github.djlstitch.core.StitchException;

/** An 8-bit RGB image on the heap: row-major, three bytes a pixel. Immutable by convention. */
public final class RgbImage {
  private static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] pixels;

  private RgbImage(int width, int height, byte[] pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /**
   * Wraps pixels without a copy; the caller must not modify them afterwards.
   *
   * @param pixels red, green, blue of (0, 0), then of (1, 0), ...; {@code 3 * width * height} bytes
   */
  public static RgbImage wrap(int width, int height, byte[] pixels) {
    if (width < 1 || height < 1 || (long) width * height * CHANNELS != pixels.length) {
      throw StitchException.badInput(
          "an RGB image of %d x %d pixels needs 3 bytes each but got %d bytes",
          width, height, pixels.length);
    }
    return new RgbImage(width, height, pixels);
  }

  /** Pixels in a row. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** The bytes themselves, not a copy; read only. */
  public byte[] pixels() {
    return pixels;
  }
}
