// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

/**
 * Height and width in pixels, in the order of configurations; either may be 0 when a resize rule
 * leaves nothing.
 */
record Size(int height, int width) {
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
