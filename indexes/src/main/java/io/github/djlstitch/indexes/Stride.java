// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.DType;
import java.nio.file.Path;

/**
 * Rows of one size that follow each other in a file.
 *
 * @param start offset of the first row, in bytes
 * @param rows N
 * @param width D
 * @param dtype of a value, little-endian
 * @param prefix bytes of a row before its values
 */
record Stride(long start, long rows, int width, DType dtype, int prefix) {
  /** Widest vector: a row of 4 MiB. The widest in use have some thousand values. */
  static final int WIDEST = 1 << 20;

  /** Bytes of a row. */
  long row() {
    return prefix + (long) width * dtype.size();
  }

  /**
   * Checks a width from a file.
   *
   * @throws StitchException (bad input) if no vector has it
   */
  static int width(Path file, long width) {
    if (width < 1 || width > WIDEST) {
      throw StitchException.badInput(
          "'%s': the vectors have %d values but must have 1 to %d; write the file again",
          file, width, WIDEST);
    }
    return (int) width;
  }

  /**
   * Checks the numbers of a header against the file before anything is made by them.
   *
   * @throws StitchException (bad input) if the file has another size
   */
  Stride requireSize(Path file, long size) {
    boolean fits = rows >= 0 && rows <= (size - start) / row() && start + rows * row() == size;
    if (!fits) {
      throw StitchException.badInput(
          "'%s': %d rows of %d values take %s bytes but the file has %d; it was cut"
              + " short, or is of another format",
          file, rows, width, needed(), size);
    }
    return this;
  }

  private String needed() {
    try {
      return Long.toString(Math.addExact(start, Math.multiplyExact(rows, row())));
    } catch (ArithmeticException e) {
      return "2^63 or more";
    }
  }
}
