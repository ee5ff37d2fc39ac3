// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

/**
 * Places a centered crop when the margin is odd, and an image within a crop that is larger than it.
 */
enum CropRule {
  /** The start of a crop is rounded half to even, that of an image within padding truncated. */
  TORCHVISION("torchvision") {
    @Override
    int start(int size, int crop) {
      return size < crop ? -((crop - size) / 2) : (int) Math.rint((size - crop) / 2.0);
    }
  },
  /** The start of a crop is rounded down, so that of an image within padding is rounded up. */
  TRANSFORMERS("transformers") {
    @Override
    int start(int size, int crop) {
      return Math.floorDiv(size - crop, 2);
    }
  };

  private final String words;

  CropRule(String words) {
    this.words = words;
  }

  /** The first pixel of the crop along one side; below 0 means so many pixels of padding. */
  abstract int start(int size, int crop);

  /** The crop of an image. */
  Window window(Size image, Size crop) {
    return new Window(
        start(image.width(), crop.width()),
        start(image.height(), crop.height()),
        crop.width(),
        crop.height());
  }

  /** Describes it, for people and digests. */
  String describe(Size crop) {
    return "centre crop " + crop + " as " + words;
  }
}
