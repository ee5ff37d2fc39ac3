// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;

/**
 * Selects the rows that span the most: QR with column pivoting of the transposed matrix (Businger
 * and Golub 1965), that is again and again the row with the largest part outside of the span of the
 * rows chosen so far; the first one wins a tie. It has no randomness, and turning or reflecting the
 * rows changes nothing. Computed in float64. Thread-safe.
 */
public final class PivotedRows {
  // Residuals of float32 rows below this share of the longest row are rounding errors.
  private static final double NOTHING = 1e-5;

  // Squared residuals (N) are kept up to date by subtracting squares, as LAPACK does; rows taken in
  // earlier sweeps have -1.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "pivoted-rows",
          """
          def squares(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.sum(torch.mul(x, x), [1], False)
          def sweep(self: __torch__.M, x: Tensor, taken: Tensor, most: Tensor, nothing: Tensor) -> Tensor:
            a = torch.to(x, 7)                                                # (N, D)
            left = torch.masked_fill((self).squares(a), taken, -1.0)          # (N)
            floor = float(torch.mul(torch.max((self).squares(a)), nothing))
            q = torch.zeros([int(most), torch.size(a, 1)], dtype=7)
            chosen = torch.zeros([int(most)], dtype=4)
            n = 0
            searching = True
            while searching:
              p = int(torch.argmax(left))
              searching = bool(torch.gt(torch.select(left, 0, p), floor))
              if searching:
                v = torch.select(a, 0, p)                                     # (D)
                known = torch.narrow(q, 0, 0, n)                              # (n, D)
                v = torch.sub(v, torch.mv(torch.t(known), torch.mv(known, v)))
                v = torch.sub(v, torch.mv(torch.t(known), torch.mv(known, v)))
                v = torch.div(v, torch.norm(v, 2))
                torch.copy_(torch.select(q, 0, n), v)
                torch.fill_(torch.select(chosen, 0, n), p)
                part = torch.mv(a, v)
                left = torch.addcmul(left, part, part, value=-1.0)
                torch.fill_(torch.select(left, 0, p), -1.0)
                n = n + 1
                searching = n < int(most)
            return torch.narrow(chosen, 0, 0, n)
          """);

  private PivotedRows() {}

  /**
   * Chooses rows. When the chosen rows span all others to float32 precision, after at most D of
   * them, the search starts again among the rest; rows that are zero are never chosen.
   *
   * @param rows vectors, shape (N, D), all finite
   * @param count how many, 1 to N
   * @return distinct row indices in the order of the choice
   * @throws StitchException (bad input) if there are fewer rows that are not zero, or a value is
   *     not finite
   */
  public static int[] choose(FloatMatrix rows, int count) {
    if (count < 1 || count > rows.rows()) {
      throw StitchException.badInput(
          "%d pivots cannot be chosen among %d rows", count, rows.rows());
    }
    rows.firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput("row %d has a value that is not finite", row);
            });
    try (NDManager manager = TensorBridge.newManager()) {
      return choose(manager, TensorBridge.toTensor(manager, rows), count);
    }
  }

  private static int[] choose(NDManager manager, NDArray x, int count) {
    int rows = (int) x.getShape().get(0);
    int width = (int) x.getShape().get(1);
    int[] chosen = new int[count];
    boolean[] taken = new boolean[rows];
    int size = 0;
    while (size < count) {
      try (NDManager scope = manager.newSubManager()) {
        long most = Math.min(width, count - size);
        NDArray found =
            PROGRAM.call(
                "sweep",
                x,
                scope.create(taken),
                scope.create(most),
                scope.create(NOTHING * NOTHING)); // (chosen rows)
        for (long row : found.toLongArray()) {
          taken[(int) row] = true;
          chosen[size++] = (int) row;
        }
        if (found.size() == 0) {
          throw StitchException.badInput(
              "%d pivots cannot be chosen: only %d rows are not zero", count, size);
        }
      }
    }
    return chosen;
  }
}
