// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders.internal.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.train.ChannelOrder;
import java.util.List;

/**
 * Draws images (B, C, H, W) in [0, 1] from codes (B, D), the mirror of a convolutional encoder
 * (Moschella et al. 2023, Table 3): a linear layer with GELU to the smallest feature maps, then
 * transposed convolutions of 3 x 3 with stride 2, with batch norm and GELU between them, and a
 * sigmoid. With a relative code one decoder serves every encoder.
 */
public final class Reconstructor extends AbstractBlock {
  private static final byte VERSION = 1;

  private final ImageShape shape;
  private final List<Integer> widths;
  private final Linear start;
  private final SequentialBlock layers = new SequentialBlock();

  /**
   * The shape of the decoded images.
   *
   * @param channels C, at least 1
   * @param side height and width, at least 2
   */
  public record ImageShape(int channels, int side) {
    /** Checks the ranges. */
    public ImageShape {
      if (channels < 1 || side < 2) {
        throw StitchException.usage(
            "images of %d channels and side %d; expected at least 1 and 2", channels, side);
      }
    }

    /** The side after so many halvings, each rounded up. */
    int halved(int times) {
      int rest = side;
      for (int i = 0; i < times; i++) {
        rest = (rest + 1) / 2;
      }
      return rest;
    }
  }

  private Reconstructor(ImageShape shape, List<Integer> widths) {
    super(VERSION);
    this.shape = shape;
    this.widths = List.copyOf(widths);
    start = addChildBlock("start", Linear.builder().setUnits(features()).build());
    for (int i = widths.size() - 1; i >= 0; i--) {
      boolean last = i == 0;
      layers.add(doubling(last ? shape.channels() : widths.get(i - 1), i));
      if (last) {
        layers.add(Activation.sigmoidBlock());
      } else {
        layers.add(BatchNorm.builder().build()).add(Activation.geluBlock());
      }
    }
    addChildBlock("layers", layers);
  }

  /**
   * A decoder that is not initialized yet.
   *
   * @param widths channels of the encoder's layers that it mirrors
   */
  public static Reconstructor of(ImageShape shape, List<Integer> widths) {
    if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
      throw StitchException.usage(
          "an image decoder of widths %s; expected at least one, each at least 1", widths);
    }
    return new Reconstructor(shape, widths);
  }

  // Undoes the halving from level i to level i + 1, exactly, whether the side was even or odd.
  private Doubling doubling(int filters, int level) {
    int extra = shape.halved(level) - (2 * shape.halved(level + 1) - 1);
    return new Doubling(filters, extra);
  }

  private int features() {
    int smallest = shape.halved(widths.size());
    return Math.multiplyExact(widths.get(widths.size() - 1), smallest * smallest);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray features = Activation.gelu(start.forward(store, inputs, training).head()); // (B, F)
    int smallest = shape.halved(widths.size());
    NDArray maps =
        features.reshape(-1, widths.get(widths.size() - 1), smallest, smallest); // (B, C, h, w)
    NDArray drawn =
        layers.forward(store, new NDList(ChannelOrder.last(maps)), training).head(); // as images
    return new NDList(ChannelOrder.first(drawn)); // (B, C, H, W)
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    start.initialize(manager, type, inputs);
    int smallest = shape.halved(widths.size());
    long rows = inputs[0].get(0);
    layers.initialize(
        manager, type, new Shape(rows, widths.get(widths.size() - 1), smallest, smallest));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), shape.channels(), shape.side(), shape.side())};
  }
}
