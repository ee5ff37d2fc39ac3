// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;

/**
 * An affine map of row vectors in float64, on native arrays that the caller's manager owns.
 *
 * @param map shape (D, E)
 * @param offset shape (1, E)
 * @param same true for the identity, which copies nothing
 */
record Affine(NDArray map, NDArray offset, boolean same) {
  Affine(NDArray map, NDArray offset) {
    this(map, offset, false);
  }

  /** A linear map. */
  static Affine linear(NDArray map) {
    var shape = new Shape(1, map.getShape().get(1));
    return new Affine(map, map.getManager().zeros(shape, DataType.FLOAT64));
  }

  /** The first columns of the identity, (D, E): the identity, padding with zeros, or cutting. */
  static Affine identity(NDManager manager, long from, long to) {
    Affine eye = linear(manager.eye((int) from, (int) to, 0, DataType.FLOAT64));
    return new Affine(eye.map, eye.offset, from == to);
  }

  /** (N, D) to (N, E). */
  NDArray apply(NDArray x) {
    return same ? x : x.matMul(map).add(offset);
  }

  /** This map and then {@code next}. */
  Affine then(Affine next) {
    if (same || next.same) {
      return same ? next : this;
    }
    return new Affine(map.matMul(next.map), next.apply(offset));
  }

  /** The matrix as a float64 array. */
  static NDArray toFloat64(NDManager manager, FloatMatrix matrix) {
    return TensorBridge.toTensor(manager, matrix).toType(DataType.FLOAT64, false);
  }

  /** A float64 array (rows, columns) on the heap. */
  static FloatMatrix toMatrix(NDArray array) {
    return TensorBridge.toMatrix(array.toType(DataType.FLOAT32, false));
  }
}
