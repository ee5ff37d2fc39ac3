// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.StitchException;
import java.util.List;

/**
 * Height and width of an image, in pixels or in patches.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageSize(int height, int width) {
  /** Checks the sizes. */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw StitchException.usage(
          "an image of %d x %d pixels is invalid; give sizes of at least 1", height, width);
    }
  }

  /** As many rows as columns. */
  public static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  /** A side or height and width of a configuration file. */
  static ImageSize of(String field, List<Integer> sizes) {
    if (sizes.size() > 2) {
      throw StitchException.badInput(
          "config.json has %s %s; expected one size or height and width", field, sizes);
    }
    return new ImageSize(sizes.get(0), sizes.get(sizes.size() - 1));
  }

  /** The grid of patches of an image whose sides are multiples of the patch. */
  ImageSize patches(int patch) {
    if (height % patch != 0 || width % patch != 0) {
      throw StitchException.usage(
          "an image of %s pixels has no whole number of patches of %d x %d;"
              + " choose multiples of %d",
          this, patch, patch, patch);
    }
    return new ImageSize(height / patch, width / patch);
  }

  /** Returns the number of pixels or patches, height times width. */
  long count() {
    return (long) height * width;
  }

  @Override
  public String toString() {
    return height + " x " + width;
  }
}
