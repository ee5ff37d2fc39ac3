// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.encoders.image.RgbImage;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** The values of a decoded image, channel by channel, to RGB. */
final class Samples {
  private final Raster raster;
  private final int width;
  private final int height;

  /** Converts a row of channel values to RGB bytes. */
  @FunctionalInterface
  interface Row {
    void convert(int[] values, byte[] target, int offset) throws ImageFault;
  }

  /** Checks that the decoder kept the size of the header. */
  Samples(Raster raster, int width, int height) throws ImageFault {
    if (raster.getWidth() != width || raster.getHeight() != height) {
      throw ImageFault.damaged("its size is not that of its header");
    }
    this.raster = raster;
    this.width = width;
    this.height = height;
  }

  /** The first channel as gray of so many bits. */
  RgbImage gray(int bits) throws ImageFault {
    int bands = raster.getNumBands();
    return rows(
        (values, target, offset) -> {
          for (int x = 0; x < width; x++) {
            byte gray = eight(values[bands * x], bits);
            Arrays.fill(target, offset + 3 * x, offset + 3 * x + 3, gray);
          }
        });
  }

  /** The first three channels as red, green and blue of so many bits. */
  RgbImage rgb(int bits) throws ImageFault {
    return rgb(new int[] {bits, bits, bits});
  }

  /** The first three channels as red, green and blue, each of its own number of bits. */
  RgbImage rgb(int[] bits) throws ImageFault {
    byte[] inPlace = interleaved();
    if (inPlace.length > 0) {
      return RgbImage.wrap(width, height, inPlace);
    }
    int bands = raster.getNumBands();
    return rows(
        (values, target, offset) -> {
          for (int i = 0; i < 3 * width; i++) {
            target[offset + i] = eight(values[i / 3 * bands + i % 3], bits[i % 3]);
          }
        });
  }

  /** The first channel as index into a palette of red, green, blue; beyond it is black. */
  RgbImage lookedUp(byte[] palette) throws ImageFault {
    return rows(
        (values, target, offset) -> {
          for (int x = 0; x < width; x++) {
            int from = 3 * values[x];
            if (from + 3 <= palette.length) {
              System.arraycopy(palette, from, target, offset + 3 * x, 3);
            }
          }
        });
  }

  /** Converts row by row; the values of all channels stand side by side. */
  RgbImage rows(Row row) throws ImageFault {
    byte[] pixels = Passes.allocate(width, height);
    int[] values = new int[width * raster.getNumBands()];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, values);
      row.convert(values, pixels, 3 * y * width);
    }
    return RgbImage.wrap(width, height, pixels);
  }

  /** The bytes themselves if they are three channels side by side without gaps, else none. */
  byte[] interleaved() {
    if (raster.getDataBuffer() instanceof DataBufferByte data
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && model.getPixelStride() == 3
        && model.getScanlineStride() == 3 * width
        && Arrays.equals(model.getBandOffsets(), new int[] {0, 1, 2})
        && data.getOffset() == 0
        && data.getData().length == 3 * width * height) {
      return data.getData();
    }
    return new byte[0];
  }

  private static byte eight(int value, int bits) {
    return (byte) (bits > 8 ? value >> (bits - 8) : value * 255 / ((1 << bits) - 1));
  }
}
