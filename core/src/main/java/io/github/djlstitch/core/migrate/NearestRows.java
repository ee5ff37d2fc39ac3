// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.relative.Standardization;
import java.util.ArrayList;
import java.util.List;

/**
 * Exact search by cosine over rows that come in blocks: keeps the k nearest of each query, so
 * memory does not grow with the rows. A row that is not finite is found after all others. Not
 * thread-safe.
 */
public final class NearestRows {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "nearest-rows",
          """
          def nearest(self: __torch__.M, x: Tensor, q: Tensor, k: Tensor) -> List[Tensor]:
            scores = torch.matmul(q, torch.t((self).unit(x)))                  # (Q, B)
            known = torch.nan_to_num(scores, -2.0)
            top, rows = torch.topk(known, int(k), 1)
            return [top, rows]
          """);

  /**
   * A row that was found.
   *
   * @param row its number, from 0
   * @param score cosine to the query
   */
  public record Hit(long row, float score) {}

  private final FloatMatrix queries;
  private final int most;
  private final List<List<Hit>> found = new ArrayList<>();
  private long rows;

  private NearestRows(FloatMatrix queries, int most) {
    this.queries = Standardization.unit(queries);
    this.most = most;
    for (int i = 0; i < queries.rows(); i++) {
      found.add(List.of());
    }
  }

  /**
   * Starts a search.
   *
   * @param queries shape (Q, D), at least one
   * @param most k, 1 or more
   */
  public static NearestRows of(FloatMatrix queries, int most) {
    if (queries.rows() < 1 || most < 1) {
      throw StitchException.badInput(
          "a search for the %d nearest of %d queries; expected 1 or more of both",
          most, queries.rows());
    }
    return new NearestRows(queries, most);
  }

  /**
   * Looks at the next rows, shape (B, D).
   *
   * @throws StitchException (bad input) if they have another width than the queries
   */
  public void add(FloatMatrix block) {
    if (block.columns() != queries.columns()) {
      throw StitchException.badInput(
          "rows are %d wide but the queries %d; take both from one space",
          block.columns(), queries.columns());
    }
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray q = TensorBridge.toTensor(manager, queries); // (Q, D)
      RowBlocks.each(block, x -> add(x, q));
    }
  }

  private void add(NDArray x, NDArray q) {
    int count = (int) x.getShape().get(0);
    int k = Math.min(most, count);
    NDArray wanted = x.getManager().create((long) k); // ()
    NDList nearest =
        PROGRAM.run("nearest", false, new NDList(x, q, wanted), new NDList()); // 2 (Q, k)
    float[] scores = nearest.get(0).toFloatArray();
    long[] places = nearest.get(1).toLongArray();
    for (int i = 0; i < found.size(); i++) {
      merge(i, scores, places, i * k, k);
    }
    rows += count;
  }

  // Both lists are sorted, so this is one step of a merge sort that ends at the k-th.
  private void merge(int query, float[] scores, long[] places, int from, int count) {
    List<Hit> old = found.get(query);
    if (old.size() == most && old.get(most - 1).score() >= scores[from]) {
      return;
    }
    List<Hit> merged = new ArrayList<>(most);
    int a = 0;
    int b = 0;
    while (merged.size() < most && (a < old.size() || b < count)) {
      boolean first = b == count || (a < old.size() && old.get(a).score() >= scores[from + b]);
      merged.add(first ? old.get(a++) : new Hit(rows + places[from + b], scores[from + b++]));
    }
    found.set(query, merged);
  }

  /** The nearest rows so far of each query, the nearest first. */
  public List<List<Hit>> hits() {
    return found.stream().map(List::copyOf).toList();
  }
}
