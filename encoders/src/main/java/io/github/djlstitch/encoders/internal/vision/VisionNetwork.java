// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.nn.Block;

/**
 * A frozen image encoder as a DJL block: normalized pixels (B, 3, H, W), float32, to vectors (B,
 * D), float32. Thread-safe once loaded.
 */
public interface VisionNetwork extends Block {
  /** Width D of the vectors. */
  int width();

  /** Height H of the images. */
  int imageHeight();

  /** Width W of the images. */
  int imageWidth();
}
