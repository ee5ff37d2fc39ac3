// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders.internal.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * A transposed convolution of 3 x 3 with stride 2: (B, C, H, W) to (B, F, 2H - 1 + extra, ...).
 * DJL's own block is not implemented on LibTorch.
 */
final class Doubling extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final int KERNEL = 3;
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "doubling",
          """
          def extra0(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
            return torch.conv_transpose2d(x, w, b, [2, 2], [1, 1], [0, 0])
          def extra1(self: __torch__.M, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
            return torch.conv_transpose2d(x, w, b, [2, 2], [1, 1], [1, 1])
          """);

  private final int filters;
  private final int extra;
  private final Parameter weight;
  private final Parameter bias;

  Doubling(int filters, int extra) {
    super(VERSION);
    this.filters = filters;
    this.extra = extra;
    weight =
        addParameter(Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build());
    bias =
        addParameter(
            Parameter.builder()
                .setName("bias")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(filters))
                .build());
  }

  @Override
  protected void prepare(Shape[] inputs) {
    weight.setShape(new Shape(inputs[0].get(1), filters, KERNEL, KERNEL));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray maps = inputs.head(); // (B, in, h, w)
    var arguments =
        new NDList(
            maps,
            store.getValue(weight, maps.getDevice(), training),
            store.getValue(bias, maps.getDevice(), training));
    // Also in evaluation: what an inference module makes cannot go through the layers that follow.
    return PROGRAM.run("extra" + extra, true, arguments, new NDList());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    long height = 2 * in.get(2) - 1 + extra;
    return new Shape[] {new Shape(in.get(0), filters, height, 2 * in.get(3) - 1 + extra)};
  }
}
