// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * How feature maps (B, C, H, W) lie in memory. Shapes and values stay; LibTorch's convolutions and
 * batch norms work faster on maps whose channels lie side by side, and give such maps.
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

  /** All channels of a place side by side; differentiable. */
  public static NDArray last(NDArray maps) {
    return PROGRAM.run("last", true, new NDList(maps), new NDList()).head();
  }

  /** All places of a channel side by side, as everything but convolutions expects; the same. */
  public static NDArray first(NDArray maps) {
    return PROGRAM.run("first", true, new NDList(maps), new NDList()).head();
  }
}
