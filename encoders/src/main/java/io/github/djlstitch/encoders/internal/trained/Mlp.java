// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.trained;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import io.github.djlstitch.core.StitchException;

/** Fully connected encoders, (B, ...) to (B, D). */
public final class Mlp {
  private Mlp() {}

  /**
   * The layers that the paper trains on frozen features: linear, batch norm, tanh, linear, tanh
   * (Moschella et al. 2023, table 2, in the official code).
   *
   * @param hidden width of the first layer
   * @param latent width D of the latents
   */
  public static Block tanh(int hidden, int latent) {
    requireWidths(hidden, latent);
    return flat(hidden)
        .add(BatchNorm.builder().build())
        .add(Activation.tanhBlock())
        .add(Linear.builder().setUnits(latent).build())
        .add(Activation.tanhBlock());
  }

  /** Linear, batch norm, ReLU, linear: the same for pixels, as a baseline without structure. */
  public static Block relu(int hidden, int latent) {
    requireWidths(hidden, latent);
    return flat(hidden)
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(latent).build());
  }

  private static SequentialBlock flat(int hidden) {
    return new SequentialBlock()
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(hidden).build());
  }

  private static void requireWidths(int hidden, int latent) {
    if (hidden < 1 || latent < 1) {
      throw StitchException.usage(
          "an MLP of widths %d and %d; both must be at least 1", hidden, latent);
    }
  }
}
