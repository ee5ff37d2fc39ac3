// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/** The partners of vectors whose own are not known: the mean of the nearest. */
final class Matches {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "matches",
          """
          def matched(self: __torch__.M, q: Tensor, keys: Tensor, y: Tensor, top: Tensor) -> Tensor:
            n = int(top)
            out = annotate(List[Tensor], [])
            at = 0
            while torch.lt(at, torch.size(q, 0)):
              b = torch.slice(q, 0, at, torch.add(at, 512))
              v, i = torch.topk((self).linear(b, keys, None), n, 1, True, False)
              rows = torch.index_select(y, 0, torch.reshape(i, [-1]))
              shape = [torch.size(b, 0), n, torch.size(y, 1)]
              out = torch.append(out, torch.mean(torch.reshape(rows, shape), [1]))
              at = torch.add(at, 512)
            return torch.cat(out, 0)
          """);

  private Matches() {}

  /**
   * For each query the mean of the values whose keys have the largest inner products with it: (N,
   * C), (L, C), (L, E) to (N, E). Ties are broken as LibTorch does.
   *
   * @param neighbors from 1 to L
   */
  static FloatMatrix of(FloatMatrix queries, FloatMatrix keys, FloatMatrix values, int neighbors) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray k = TensorBridge.toTensor(manager, keys); // (L, C)
      NDArray y = TensorBridge.toTensor(manager, values); // (L, E)
      NDArray top = manager.create((double) neighbors); // ()
      NDArray q = TensorBridge.toTensor(manager, queries); // (N, C)
      return TensorBridge.toMatrix(PROGRAM.call("matched", q, k, y, top));
    }
  }
}
