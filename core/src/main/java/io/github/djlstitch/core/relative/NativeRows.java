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
    return map(x, columns, ROWS, operation);
  }

  /** The same with so many rows a block. */
  static NDArray map(NDArray x, int columns, long block, UnaryOperator<NDArray> operation) {
    long n = x.getShape().get(0);
    if (n <= block) {
      return operation.apply(x);
    }
    NDArray out = x.getManager().create(new Shape(n, columns)); // (N, columns)
    for (long from = 0; from < n; from += block) {
      var range = new NDIndex(from + ":" + Math.min(from + block, n));
      try (NDManager scope = x.getManager().newSubManager()) {
        NDArray rows = x.get(scope, range); // (block, D)
        out.set(range, operation.apply(rows));
      }
    }
    return out;
  }
}
