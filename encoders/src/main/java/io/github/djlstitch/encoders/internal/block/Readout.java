// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.block;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;

/**
 * Selects the layer, the pooling and the length of a sample's vector. Immutable.
 *
 * @param layer 1 is the output of the first layer, -1 that of the last (what the network itself
 *     returns), -2 the one before; 0 is the embeddings'; {@link EncoderOptions#EVERY_LAYER} gives
 *     all of them side by side, the embeddings' first
 * @param pooling reduces token states (B, T, D) to vectors (B, D)
 * @param unitLength true to scale vectors to Euclidean length 1
 */
public record Readout(int layer, Pooling pooling, boolean unitLength) {
  /** The layer that the network itself returns. */
  public static final int LAST_LAYER = -1;

  /** The last layer's states, pooled, at their own length. */
  public static Readout of(Pooling pooling) {
    return new Readout(LAST_LAYER, pooling, false);
  }

  /** The last layer's states, pooled and scaled to length 1, as sentence encoders are trained. */
  public static Readout sentence(Pooling pooling) {
    return new Readout(LAST_LAYER, pooling, true);
  }

  /** Returns true if the vectors of all layers are given, side by side. */
  public boolean everyLayer() {
    return layer == EncoderOptions.EVERY_LAYER;
  }

  /** The number of vectors that are side by side. */
  public int vectors(int layers) {
    return everyLayer() ? layers + 1 : 1;
  }

  /**
   * The last layer that is read, counted from the front, 0 to {@code layers}.
   *
   * @throws StitchException (usage) if the network has no such layer
   */
  public int layerOf(int layers) {
    if (everyLayer()) {
      return layers;
    }
    int index = layer < 0 ? layers + 1 + layer : layer;
    if (index < 0 || index > layers) {
      throw StitchException.usage(
          "layer %d does not exist; this encoder has layers 0 (embeddings) to %d, or -1 (last) to"
              + " -%d",
          layer, layers, layers + 1);
    }
    return index;
  }
}
