// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import java.util.function.UnaryOperator;

/**
 * A row-wise operation on blocks of rows, which can be followed by others, so that what is between
 * them exists for one block only.
 */
@FunctionalInterface
public interface RowStep {
  /** Does nothing. */
  RowStep NONE = manager -> block -> block;

  /**
   * The operation (B, D) to (B, E) with its constants, which are made once for all blocks.
   *
   * @param manager owns the constants
   */
  UnaryOperator<NDArray> in(NDManager manager);

  /** Maps (N, D) to (N, columns), a block of rows at a time. */
  default FloatMatrix over(FloatMatrix x, int columns) {
    try (NDManager manager = TensorBridge.newManager()) {
      return RowBlocks.map(x, columns, in(manager));
    }
  }

  /** This one and then the next. */
  default RowStep then(RowStep next) {
    return manager -> {
      UnaryOperator<NDArray> first = in(manager);
      UnaryOperator<NDArray> second = next.in(manager);
      return block -> second.apply(first.apply(block));
    };
  }

  /** The product with a matrix: (B, D) times (D, E). */
  static RowStep times(FloatMatrix right) {
    return manager -> {
      NDArray matrix = TensorBridge.toTensor(manager, right); // (D, E)
      return block -> block.matMul(matrix);
    };
  }
}
