// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The k nearest rows of a base for each query, by cosine, nearest first; of equally near ones the
 * first row.
 *
 * @param rows their row numbers, (Q, k)
 * @param cosines their cosines, (Q, k)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Neighbors(int[][] rows, float[][] cosines) {
  private static final int BLOCK = 512;

  // Products in float64 rounded to float32, so that equal vectors have equal cosines.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "neighbors",
          """
          def direction(self: __torch__.M, x: Tensor) -> Tensor:
            a = torch.to(x, 7)
            return torch.div(a, torch.clamp_min(torch.norm(a, 2, [1], True), 1e-300))
          def cosines(self: __torch__.M, x: Tensor, base: Tensor) -> Tensor:
            return torch.to(torch.matmul((self).direction(x), torch.t(base)), 6)
          """);

  /** The neighbors of each row among the other rows of the same space. */
  static Neighbors within(FloatMatrix x, int k) {
    return search(x, x, k, true);
  }

  /** The neighbors of the queries (Q, D) in a base (N, D). */
  static Neighbors of(FloatMatrix queries, FloatMatrix base, int k) {
    return search(queries, base, k, false);
  }

  private static Neighbors search(FloatMatrix queries, FloatMatrix base, int k, boolean others) {
    var found = new Neighbors(new int[queries.rows()][k], new float[queries.rows()][k]);
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray unit = PROGRAM.call("direction", TensorBridge.toTensor(manager, base)); // (N, D)
      for (int from = 0; from < queries.rows(); from += BLOCK) {
        int to = Math.min(from + BLOCK, queries.rows());
        try (NDManager scope = manager.newSubManager()) {
          NDArray block = TensorBridge.toTensor(scope, queries, from, to); // (B, D)
          FloatBuffer cosines = TensorBridge.view(PROGRAM.call("cosines", block, unit)); // (B, N)
          float[] row = new float[base.rows()];
          for (int i = from; i < to; i++) {
            cosines.get(row);
            found.select(i, row, others ? i : -1);
          }
        }
      }
    }
    return found;
  }

  // Insertion into the k best so far; most of the row fails the first comparison.
  private void select(int query, float[] row, int excluded) {
    int[] best = rows[query];
    float[] values = cosines[query];
    int count = 0;
    for (int j = 0; j < row.length; j++) {
      if (j == excluded || (count == best.length && row[j] <= values[count - 1])) {
        continue;
      }
      int place = count < best.length ? count++ : count - 1;
      while (place > 0 && values[place - 1] < row[j]) {
        values[place] = values[place - 1];
        best[place] = best[place - 1];
        place--;
      }
      values[place] = row[j];
      best[place] = j;
    }
  }

  /** The first of them, which are those that a search for fewer finds. */
  Neighbors first(int k) {
    return new Neighbors(
        Arrays.stream(rows).map(row -> Arrays.copyOf(row, k)).toArray(int[][]::new),
        Arrays.stream(cosines).map(row -> Arrays.copyOf(row, k)).toArray(float[][]::new));
  }

  /** The place of a row among the neighbors of a query, from 0; -1 if it is none. */
  int place(int query, int row) {
    int[] found = rows[query];
    for (int i = 0; i < found.length; i++) {
      if (found[i] == row) {
        return i;
      }
    }
    return -1;
  }
}
