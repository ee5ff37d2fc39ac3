// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Applies a row-wise native operation to a heap matrix of any height, a block of rows at a time, so
 * that the native memory needed does not grow with the number of rows.
 */
public final class RowBlocks {
  // 1k to 4k rows measured best for 768 x 768 products: a block and its result stay in the cache.
  static final int ROWS = 2048;

  private RowBlocks() {}

  /**
   * Maps (N, D) to (N, columns).
   *
   * @param operation maps a block (B, D) to (B, columns); its result is freed after the block
   */
  public static FloatMatrix map(FloatMatrix x, int columns, UnaryOperator<NDArray> operation) {
    FloatBuffer out = FloatBuffer.allocate(FloatMatrix.arrayLength(x.rows(), columns));
    each(x, block -> out.put(TensorBridge.view(operation.apply(block)))); // (B, columns)
    return FloatMatrix.wrap(x.rows(), columns, out.array());
  }

  /** Passes (N, D) on in blocks (B, D); arrays that the operation attaches to a block are freed. */
  public static void each(FloatMatrix x, Consumer<NDArray> operation) {
    try (NDManager manager = TensorBridge.newManager()) {
      for (int from = 0; from < x.rows(); from += ROWS) {
        int to = Math.min(from + ROWS, x.rows());
        try (NDManager scope = manager.newSubManager()) {
          operation.accept(TensorBridge.toTensor(scope, x, from, to));
        }
      }
    }
  }
}
