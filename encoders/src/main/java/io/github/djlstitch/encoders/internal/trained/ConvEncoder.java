// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.trained;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.train.ChannelOrder;
import java.util.List;

/**
 * The convolutional encoder of Moschella et al. 2023 (Table 3): images (B, C, H, W) in [0, 1] to
 * their features (B, D). Each layer is a convolution of 3 x 3 with stride 2, batch norm and GELU,
 * and halves the image; the last one's output is flattened. Trained here, with a decoder.
 */
public final class ConvEncoder extends AbstractBlock {
  /** Channels of the layers in the paper. */
  public static final List<Integer> PAPER_WIDTHS = List.of(32, 64, 128, 256);

  private static final byte VERSION = 1;
  private final SequentialBlock layers = new SequentialBlock();

  private ConvEncoder(List<Integer> widths) {
    super(VERSION);
    for (int width : widths) {
      layers
          .add(
              Conv2d.builder()
                  .setKernelShape(new Shape(3, 3))
                  .setFilters(width)
                  .optStride(new Shape(2, 2))
                  .optPadding(new Shape(1, 1))
                  .build())
          .add(BatchNorm.builder().build())
          .add(Activation.geluBlock());
    }
    layers.add(Blocks.batchFlattenBlock());
    addChildBlock("layers", layers);
  }

  /**
   * An encoder that is not initialized yet.
   *
   * @param widths channels of each layer, at least one of at least 1
   */
  public static ConvEncoder of(List<Integer> widths) {
    if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
      throw StitchException.usage(
          "a convolutional encoder of widths %s; expected at least one, each at least 1", widths);
    }
    return new ConvEncoder(widths);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return layers.forward(store, new NDList(ChannelOrder.last(inputs.head())), training);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    layers.initialize(manager, type, inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return layers.getOutputShapes(inputs);
  }
}
