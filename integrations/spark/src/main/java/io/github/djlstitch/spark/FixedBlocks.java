// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Products of always as many rows. How a product is computed depends on its number of rows, and
 * with that the last bits of each; how rows are spread over partitions must not show in them.
 */
final class FixedBlocks {
  /** Rows that are computed at a time. */
  static final int ROWS = 2048;

  private FixedBlocks() {}

  /**
   * Applies an operation to {@link #ROWS} or fewer vectors. Copies of the last one fill the block,
   * and are cut off again.
   *
   * @param some B vectors, each D wide; there may be none
   * @param operation maps (ROWS, D) to (ROWS, E), each row for itself
   * @return shape (B, E)
   */
  static FloatMatrix apply(float[][] some, Function<FloatMatrix, FloatMatrix> operation) {
    if (some.length == 0) {
      return FloatMatrix.of(0, 1);
    }
    float[][] rows = Arrays.copyOf(some, ROWS);
    Arrays.fill(rows, some.length, ROWS, some[some.length - 1]);
    return operation.apply(FloatMatrix.of(rows)).rowRange(0, some.length);
  }
}
