// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;

/** The input of a vision network. */
final class Pixels {
  private Pixels() {}

  /** The shape (B, 3, H, W) that a network reads. */
  static Shape shape(VisionNetwork network, long batch) {
    return new Shape(batch, 3, network.imageHeight(), network.imageWidth());
  }

  /**
   * Checks an input.
   *
   * @throws StitchException (bad input) if it has another shape
   */
  static void require(VisionNetwork network, Shape shape) {
    if (shape.dimension() != 4 || !shape.equals(shape(network, shape.get(0)))) {
      throw StitchException.badInput(
          "pixels of shape %s; this network reads (B, 3, %d, %d)",
          shape, network.imageHeight(), network.imageWidth());
    }
  }
}
