// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * Memory layouts of feature maps (B, C, H, W). Shapes and values stay; LibTorch's convolutions and
 * batch norms work faster on maps whose channels are side by side, and give such maps.
 */
public final class ChannelOrder {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "channel-order",
          """
          def last(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.contiguous(x, memory_format=2)
          def first(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.contiguous(x, memory_format=0)
          """);

  private ChannelOrder() {}

  /** Lays the channels of each place side by side; differentiable. */
  public static NDArray last(NDArray maps) {
    return PROGRAM.run("last", true, new NDList(maps), new NDList()).head();
  }

  /**
   * Lays the places of each channel side by side, as everything but convolutions expects;
   * differentiable.
   */
  public static NDArray first(NDArray maps) {
    return PROGRAM.run("first", true, new NDList(maps), new NDList()).head();
  }
}
