// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.engine.TensorBridge;
import io.github.djlstitch.core.engine.TorchProgram;
import java.util.Random;

/** Centroids by Lloyd's algorithm; a cluster that runs empty keeps its centroid. */
final class Centroids {
  private static final double ITERATIONS = 100;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "centroids",
          """
          def spread(self: __torch__.M, x: Tensor, draws: Tensor) -> Tensor:
            n = torch.sub(torch.size(x, 0), 1)
            i = torch.to(torch.mul(torch.slice(draws, 0, 0, 1), float(torch.size(x, 0))), 4)
            chosen = torch.index_select(x, 0, torch.clamp_max(i, n))
            centroids = [chosen]
            apart = torch.zeros_like(torch.select(x, 1, 0))
            squares = torch.sum(torch.mul(x, x), [1])
            for k in range(torch.size(draws, 0)):
              d = torch.matmul(x, torch.select(chosen, 0, 0))
              d = torch.sub(torch.add(squares, torch.sum(torch.mul(chosen, chosen))), torch.mul(d, 2.0))
              d = torch.clamp_min(d, 0.0)
              if torch.eq(k, 0):
                apart = d
              else:
                apart = torch.minimum(apart, d)
                centroids = torch.append(centroids, chosen)
              if torch.lt(torch.add(k, 1), torch.size(draws, 0)):
                sums = torch.cumsum(torch.to(apart, 7), 0)
                at = torch.mul(torch.select(draws, 0, torch.add(k, 1)), torch.select(sums, 0, n))
                j = torch.searchsorted(sums, torch.unsqueeze(at, 0), right=True)
                chosen = torch.index_select(x, 0, torch.clamp_max(j, n))
            return torch.cat(centroids, 0)
          def nearest(self: __torch__.M, x: Tensor, c: Tensor) -> Tensor:
            s = torch.matmul(x, torch.t(c))
            s = torch.sub(torch.mul(s, 2.0), torch.sum(torch.mul(c, c), [1]))
            return torch.argmax(s, 1, False)
          def lloyd(self: __torch__.M, x: Tensor, c: Tensor, most: Tensor) -> Tensor:
            old = torch.full_like(torch.select(x, 1, 0), -1, dtype=4)
            step = 0
            going = True
            while going:
              at = (self).nearest(x, c)
              going = torch.__not__(torch.equal(at, old))
              old = at
              sums = torch.index_add_(torch.zeros_like(c), 0, at, x)
              n = torch.bincount(at, None, torch.size(c, 0))
              size = torch.unsqueeze(torch.to(n, 6), 1)
              c = torch.where(torch.gt(size, 0.0), torch.div(sums, torch.clamp_min(size, 1.0)), c)
              step = torch.add(step, 1)
              if torch.ge(step, int(most)):
                going = False
            return c
          """);

  private Centroids() {}

  /** {@code count} centroids of rows (N, D), from a start by k-means++. */
  static FloatMatrix of(FloatMatrix rows, int count, long seed) {
    double[] draws = new Random(seed).doubles(count).toArray();
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray x = TensorBridge.toTensor(manager, rows); // (N, D)
      NDArray uniform = manager.create(draws, new Shape(count));
      NDArray start = PROGRAM.call("spread", x, uniform); // (count, D)
      return lloyd(x, start);
    }
  }

  /** Centroids of rows (N, D) from a start of shape (C, D). */
  static FloatMatrix of(FloatMatrix rows, FloatMatrix start) {
    try (NDManager manager = TensorBridge.newManager()) {
      return lloyd(TensorBridge.toTensor(manager, rows), TensorBridge.toTensor(manager, start));
    }
  }

  private static FloatMatrix lloyd(NDArray x, NDArray start) {
    NDArray most = x.getManager().create(ITERATIONS);
    return TensorBridge.toMatrix(PROGRAM.call("lloyd", x, start, most));
  }
}
