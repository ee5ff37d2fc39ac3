// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.github.djlstitch.core.FloatMatrix;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A float32 tensor to be written.
 *
 * @param shape sizes of its dimensions
 * @param bytes its values in row-major order, little-endian; made anew at each call, so that a file
 *     needs no second copy of all
 */
public record ScriptTensor(List<Long> shape, Supplier<ByteBuffer> bytes) {
  /** Takes a copy of the shape. */
  public ScriptTensor {
    shape = List.copyOf(shape);
  }

  /** A matrix, shape (rows, columns). */
  public static ScriptTensor of(FloatMatrix matrix) {
    return new ScriptTensor(
        List.of((long) matrix.rows(), (long) matrix.columns()),
        () -> matrix.directBytes(0, matrix.rows()));
  }

  /** A native float32 array of any shape, as long as it is open. */
  public static ScriptTensor of(NDArray array) {
    if (array.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException("a tensor of " + array.getDataType() + ", not float32");
    }
    List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
    return new ScriptTensor(shape, () -> array.toByteBuffer(true));
  }

  /** The number of values. */
  long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
