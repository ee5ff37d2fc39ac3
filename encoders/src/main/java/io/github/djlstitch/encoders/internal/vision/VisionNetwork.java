// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.nn.Block;
import io.github.djlstitch.core.internal.script.Scripted;

/**
 * A frozen image encoder as a DJL block: normalized pixels (B, 3, H, W), float32, to vectors (B,
 * D), float32. Thread-safe once loaded.
 */
public interface VisionNetwork extends Block, Scripted {
  /** Width D of the vectors. */
  int width();

  /** Height H of the images. */
  int imageHeight();

  /** Width W of the images. */
  int imageWidth();
}
