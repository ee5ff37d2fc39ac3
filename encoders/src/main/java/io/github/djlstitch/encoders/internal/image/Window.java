// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

/**
 * A rectangle of pixels.
 *
 * @param left first column
 * @param top first row
 * @param width columns
 * @param height rows
 */
record Window(int left, int top, int width, int height) {
  int right() {
    return left + width;
  }

  int bottom() {
    return top + height;
  }

  /** The part that lies within an image of that size. */
  Window within(int imageWidth, int imageHeight) {
    int fromX = Math.max(left, 0);
    int fromY = Math.max(top, 0);
    return new Window(
        fromX,
        fromY,
        Math.min(right(), imageWidth) - fromX,
        Math.min(bottom(), imageHeight) - fromY);
  }
}
