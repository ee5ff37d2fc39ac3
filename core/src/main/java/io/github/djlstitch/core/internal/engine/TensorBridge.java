// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Copies between heap matrices and native tensors. */
public final class TensorBridge {
  private TensorBridge() {}

  /** A manager of native arrays on the CPU; the caller closes it. */
  public static NDManager newManager() {
    return LoadedEngine.manager(Device.cpu());
  }

  /** The matrix as a native float32 array, shape (rows, columns), owned by the manager. */
  public static NDArray toTensor(NDManager manager, FloatMatrix matrix) {
    return toTensor(manager, matrix, 0, matrix.rows());
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive), owned by the manager. */
  public static NDArray toTensor(NDManager manager, FloatMatrix matrix, int from, int to) {
    var shape = new Shape(to - from, matrix.columns());
    return manager.create(matrix.directBytes(from, to), shape, DataType.FLOAT32);
  }

  /** A heap copy of a float32 array of shape (rows, columns). */
  public static FloatMatrix toMatrix(NDArray array) {
    Shape shape = array.getShape();
    float[] values = new float[Math.toIntExact(shape.size())];
    view(array).get(values);
    return FloatMatrix.wrap(Math.toIntExact(shape.get(0)), Math.toIntExact(shape.get(1)), values);
  }

  /**
   * The values of a float32 array in row-major order, where they are if that is the processor's
   * memory; to be read before the array is closed.
   */
  public static FloatBuffer view(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
