// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.measure.RowCosines;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The k nearest rows of a base for each query, by cosine, nearest first; of equally near ones the
 * first row.
 *
 * @param rows their row numbers, (Q, k)
 * @param cosines their cosines, (Q, k)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Neighbors(int[][] rows, float[][] cosines) {
  // Blocks of cosines that stay in the processor's caches, and in memory that is used again.
  private static final int BLOCK = 2048;

  // Cosines in float64 are rounded to float32, so that equal vectors have equal cosines. Those in
  // float32, several times as fast, tell which rows need not be looked at.
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "neighbors",
          """
          def direction(self: __torch__.M, x: Tensor) -> Tensor:
            a = torch.to(x, 7)
            return torch.div(a, torch.clamp_min(torch.norm(a, 2, [1], True), 1e-300))
          def rounded(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.to((self).direction(x), 6)
          def rough(self: __torch__.M, x: Tensor, rounded: Tensor, at: Tensor) -> Tensor:
            return (self).linear(x, torch.slice(rounded, 0, int(at), int(at) + BLOCK), None)
          def exact(self: __torch__.M, x: Tensor, base: Tensor, at: Tensor) -> Tensor:
            y = (self).direction(torch.slice(base, 0, int(at), int(at) + BLOCK))
            return torch.to(torch.matmul(x, torch.t(y)), 6)
          """
              .replace("BLOCK", Integer.toString(BLOCK)));

  private interface Seen {
    void add(int query, int from, float[] cosines);
  }

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
      NDArray all = TensorBridge.toTensor(manager, base); // (N, D)
      NDArray rounded = PROGRAM.call("rounded", all); // (N, D)
      for (int from = 0; from < queries.rows(); from += BLOCK) {
        int to = Math.min(from + BLOCK, queries.rows());
        try (NDManager scope = manager.newSubManager()) {
          NDArray block = TensorBridge.toTensor(scope, queries, from, to); // (B, D)
          if (!found.refine(
              shortlists(k, base, block, rounded, from, others), from, queries, base)) {
            found.compute(block, all, from, others);
          }
        }
      }
    }
    return found;
  }

  private static List<Shortlist> shortlists(
      int k, FloatMatrix base, NDArray block, NDArray rounded, int from, boolean others) {
    int rows = (int) block.getShape().get(0);
    var lists = Stream.generate(() -> Shortlist.of(k, base)).limit(rows).toList();
    Seen seen = (i, start, c) -> lists.get(i - from).add(start, c, others ? i : -1);
    each("rough", PROGRAM.call("rounded", block), rounded, from, seen);
    return lists;
  }

  // False if rows are missing from a list.
  private boolean refine(List<Shortlist> lists, int from, FloatMatrix queries, FloatMatrix base) {
    if (lists.stream().anyMatch(Shortlist::isTooLong)) {
      return false;
    }
    for (int i = 0; i < lists.size(); i++) {
      float[] vector = queries.row(from + i);
      int count = 0;
      for (int j : lists.get(i).rows()) {
        count = insert(from + i, count, j, (float) RowCosines.of(vector, base.row(j)));
      }
    }
    return true;
  }

  private void compute(NDArray block, NDArray all, int from, boolean others) {
    int[] counts = new int[BLOCK];
    Seen seen =
        (i, start, c) -> counts[i - from] = insert(i, counts[i - from], start, c, others ? i : -1);
    each("exact", PROGRAM.call("direction", block), all, from, seen);
  }

  // All cosines of a block of queries, in parts of the base.
  private static void each(String method, NDArray block, NDArray base, int from, Seen seen) {
    int rows = (int) base.getShape().get(0);
    for (int at = 0; at < rows; at += BLOCK) {
      float[] row = new float[Math.min(BLOCK, rows - at)];
      try (NDArray start = block.getManager().create((long) at); // ()
          NDArray some = PROGRAM.call(method, block, base, start)) { // (B, BLOCK)
        FloatBuffer cosines = TensorBridge.view(some);
        for (int i = from; i < from + block.getShape().get(0); i++) {
          cosines.get(row);
          seen.add(i, at, row);
        }
      }
    }
  }

  private int insert(int query, int count, int from, float[] some, int excluded) {
    int now = count;
    for (int j = 0; j < some.length; j++) {
      now = from + j == excluded ? now : insert(query, now, from + j, some[j]);
    }
    return now;
  }

  // Insertion into the best so far; most rows fail the first comparison.
  private int insert(int query, int count, int j, float value) {
    int[] best = rows[query];
    float[] values = cosines[query];
    if (count == best.length && value <= values[count - 1]) {
      return count;
    }
    int place = Math.min(count, best.length - 1);
    while (place > 0 && values[place - 1] < value) {
      values[place] = values[place - 1];
      best[place] = best[place - 1];
      place--;
    }
    values[place] = value;
    best[place] = j;
    return Math.min(count + 1, best.length);
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
