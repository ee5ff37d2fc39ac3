// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import ai.djl.modality.Classifications;
import ai.djl.nn.Block;
import ai.djl.translate.Translator;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.image.ImageSource;
import java.util.List;

/**
 * An image encoder over a DJL block, which can be put into other DJL models. Thread-safe until
 * closed.
 */
public interface ImageEncoder extends Encoder<ImageSource> {
  /** The frozen block underneath, images (B, 3, H, W) to vectors (B, D), for composition. */
  Block block();

  /**
   * Feeds images to a DJL model whose first block is {@link #block} and whose output is class
   * scores before softmax, shape (1, C).
   *
   * @param classes C class names, in order
   */
  Translator<ImageSource, Classifications> translator(List<String> classes);
}
