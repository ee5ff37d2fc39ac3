// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.util.List;

/**
 * A tensor's entry in a safetensors header.
 *
 * @param dtype the type of an element
 * @param shape the dimensions, outermost first; empty for a scalar
 * @param begin first byte, counted from the first byte after the header
 * @param end the byte after the last one; {@code end - begin} is the size of shape and type
 */
public record TensorInfo(DType dtype, List<Long> shape, long begin, long end) {
  /** Copies the shape. */
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** The number of bytes. */
  public long size() {
    return end - begin;
  }

  /** The number of elements. */
  public long elements() {
    return size() / dtype.size();
  }

  /**
   * The bytes that a shape takes.
   *
   * @throws ArithmeticException if that is 2^63 or more, even when a later dimension is 0
   */
  static long sizeOf(DType dtype, List<Long> shape) {
    long elements = 1;
    for (long dimension : shape) {
      elements = Math.multiplyExact(elements, dimension);
    }
    return Math.multiplyExact(elements, dtype.size());
  }
}
