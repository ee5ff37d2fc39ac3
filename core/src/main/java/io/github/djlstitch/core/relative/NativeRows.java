// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/** A row-wise operation on a tall native array, a block of rows at a time. */
final class NativeRows {
  // As in RowBlocks: a block of rows and its result stay in the cache.
  private static final long ROWS = 2048;

  private NativeRows() {}

  /** Maps (N, D) to (N, columns), owned by the manager of {@code x}; without gradients. */
  static NDArray map(NDArray x, int columns, UnaryOperator<NDArray> operation) {
    long n = x.getShape().get(0);
    if (n <= ROWS) {
      return operation.apply(x);
    }
    NDArray out = x.getManager().create(new Shape(n, columns)); // (N, columns)
    for (long from = 0; from < n; from += ROWS) {
      var range = new NDIndex(from + ":" + Math.min(from + ROWS, n));
      try (NDManager scope = x.getManager().newSubManager()) {
        NDArray rows = x.get(scope, range); // (ROWS, D)
        out.set(range, operation.apply(rows));
      }
    }
    return out;
  }
}
