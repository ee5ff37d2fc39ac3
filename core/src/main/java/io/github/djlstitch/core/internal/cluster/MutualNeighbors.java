// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of two matrices that are each other's nearest by cosine; the first one wins a tie. Computed
 * in float32, a block of rows at a time. Immutable and thread-safe.
 *
 * @param pairs in the order of the first matrix's rows
 */
public record MutualNeighbors(List<Pair> pairs) {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "mutual-neighbors",
          """
          def nearest(self: __torch__.M, x: Tensor, y: Tensor) -> List[Tensor]:
            u = (self).unit(x)
            v = (self).pack((self).unit(y))
            row = annotate(List[Tensor], [])
            value = annotate(List[Tensor], [])
            best = torch.full([torch.size(y, 0)], -2.0, dtype=6)
            back = torch.zeros([torch.size(y, 0)], dtype=4)
            for k in range((torch.size(x, 0) + 1023) // 1024):
              b = torch.narrow(u, 0, k * 1024, min(1024, torch.size(x, 0) - k * 1024))
              c = (self).linear(b, v, None)                                     # (B, N)
              most, index = torch.max(c, 1)
              value = torch.append(value, most)
              row = torch.append(row, index)
              most, index = torch.max(c, 0)
              better = torch.gt(most, best)
              best = torch.where(better, most, best)
              back = torch.where(better, torch.add(index, k * 1024), back)
            return [torch.cat(row, 0), torch.cat(value, 0), back]
          """);

  /**
   * Two rows that are each other's nearest.
   *
   * @param first row of the first matrix
   * @param second row of the second one
   * @param similarity their cosine
   */
  public record Pair(int first, int second, double similarity) {}

  /** Takes a copy of the pairs. */
  public MutualNeighbors {
    pairs = List.copyOf(pairs);
  }

  /**
   * The pairs of two matrices.
   *
   * @param x shape (N, D)
   * @param y shape (K, D)
   * @throws StitchException (bad input) if the widths differ or a matrix has no rows
   */
  public static MutualNeighbors of(FloatMatrix x, FloatMatrix y) {
    if (x.columns() != y.columns() || x.rows() == 0 || y.rows() == 0) {
      throw StitchException.badInput("rows of %s and of %s cannot be compared", x, y);
    }
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray a = TensorBridge.toTensor(manager, x); // (N, D)
      NDArray b = TensorBridge.toTensor(manager, y); // (K, D)
      NDList found = PROGRAM.run("nearest", false, new NDList(a, b), new NDList()); // (N), (N), (K)
      return of(
          found.get(0).toLongArray(), found.get(1).toFloatArray(), found.get(2).toLongArray());
    }
  }

  private static MutualNeighbors of(long[] forth, float[] cosines, long[] back) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < forth.length; i++) {
      int nearest = (int) forth[i];
      if (back[nearest] == i) {
        pairs.add(new Pair(i, nearest, Math.min(1, cosines[i])));
      }
    }
    return new MutualNeighbors(pairs);
  }
}
