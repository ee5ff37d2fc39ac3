// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.trained;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.train.ChannelOrder;
import java.util.List;

/**
 * A small convolutional encoder of images, (B, C, H, W) to (B, D): stages of two 3x3 convolutions
 * with batch norm and ReLU, the first of stride 2, then the mean over positions and a linear layer.
 */
public final class SmallConvNet {
  private SmallConvNet() {}

  /**
   * An encoder that is not initialized.
   *
   * @param widths channels of the stages, one or more; each halves height and width
   * @param latent width D of the latents
   */
  public static Block of(List<Integer> widths, int latent) {
    if (widths.isEmpty() || widths.stream().anyMatch(w -> w < 1) || latent < 1) {
      throw StitchException.usage(
          "a convolutional network with stages %s and %d latents; all must be at least 1",
          widths, latent);
    }
    var network = new SequentialBlock();
    network.add(inputs -> new NDList(ChannelOrder.last(inputs.head())));
    for (int width : widths) {
      add(network, width, 2);
      add(network, width, 1);
    }
    return network.add(Pool.globalAvgPool2dBlock()).add(Linear.builder().setUnits(latent).build());
  }

  private static void add(SequentialBlock network, int width, int stride) {
    network
        .add(
            Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(width)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(1, 1))
                .optBias(false) // the norm takes the mean off again
                .build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock());
  }
}
