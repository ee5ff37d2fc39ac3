// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An immutable row-major float32 matrix of shape {@code (rows, columns)}, on the heap or mapped
 * from a file. Zero or more rows, one or more columns.
 *
 * <p>The values are stored in segments of whole rows, so that a mapped matrix may be larger than
 * the 2 GiB of one buffer. A mapped matrix costs no heap and keeps its mapping alive until it is
 * collected; shortening the file meanwhile makes reads fail with an {@link InternalError}.
 *
 * <p>Safe for use by several threads. Shapes and values that do not go together are a {@link
 * StitchException} (bad input); an index that is out of range is an {@link
 * IndexOutOfBoundsException}.
 */
public final class FloatMatrix {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8; // the limit of common JVMs

  private final int rows;
  private final int columns;
  private final RowSegments values;

  private FloatMatrix(int rows, int columns, RowSegments values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Copies values given row by row.
   *
   * @throws StitchException (bad input) if there are not {@code rows * columns} values
   */
  public static FloatMatrix of(int rows, int columns, float... values) {
    return wrap(rows, columns, values.clone());
  }

  /** Copies values given row by row; the same as {@link #of(int, int, float...)}. */
  public static FloatMatrix copyOf(int rows, int columns, float[] values) {
    return of(rows, columns, values);
  }

  /**
   * Copies rows of equal length.
   *
   * @throws StitchException (bad input) if there is no row or the lengths differ
   */
  public static FloatMatrix of(float[][] rows) {
    if (rows.length == 0) {
      throw StitchException.badInput("a matrix made of rows needs at least 1 row but got 0");
    }
    int columns = rows[0].length;
    float[] values = new float[arrayLength(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw StitchException.badInput(
            "row %d needs %d values like row 0 but got %d", i, columns, rows[i].length);
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return wrap(rows.length, columns, values);
  }

  /**
   * Wraps values given row by row without copying: the caller gives the array away and must not
   * write to it again.
   *
   * @throws StitchException (bad input) if there are not {@code rows * columns} values
   */
  public static FloatMatrix wrap(int rows, int columns, float[] values) {
    checkShape(rows, columns);
    checkCount(rows, columns, values.length);
    return new FloatMatrix(rows, columns, RowSegments.ofArray(columns, values));
  }

  /**
   * A matrix over the remaining bytes of buffers that hold whole rows of little-endian float32, for
   * mapped files. Copies nothing; the caller must not change the bytes again.
   *
   * @throws StitchException (bad input) if a buffer ends within a row, or the number of values is
   *     not that of the shape
   */
  public static FloatMatrix ofSegments(
      int rows, int columns, List<ByteBuffer> littleEndianSegments) {
    checkShape(rows, columns);
    long rowBytes = (long) columns * Float.BYTES;
    long values = 0;
    for (ByteBuffer buffer : littleEndianSegments) {
      if (buffer.remaining() % rowBytes != 0) {
        throw StitchException.badInput(
            "a segment of shape (%d, %d) needs whole rows of %d bytes but got %d bytes",
            rows, columns, rowBytes, buffer.remaining());
      }
      values += buffer.remaining() / Float.BYTES;
    }
    checkCount(rows, columns, values);
    return new FloatMatrix(rows, columns, RowSegments.ofBuffers(columns, littleEndianSegments));
  }

  /**
   * The rows of all matrices one below the other. Copies nothing.
   *
   * @throws StitchException (bad input) if there is no matrix or their columns differ
   */
  public static FloatMatrix concatRows(FloatMatrix... matrices) {
    if (matrices.length == 0) {
      throw StitchException.badInput("concatRows needs at least 1 matrix but got 0");
    }
    int columns = matrices[0].columns;
    long rows = 0;
    List<RowSegments> parts = new ArrayList<>();
    for (FloatMatrix matrix : matrices) {
      if (matrix.columns != columns) {
        throw StitchException.badInput(
            "concatRows needs %d columns but got shape (%d, %d)",
            columns, matrix.rows, matrix.columns);
      }
      rows += matrix.rows;
      parts.add(matrix.values);
    }
    if (rows > Integer.MAX_VALUE) {
      throw StitchException.resources(
          "a matrix holds at most %d rows but got %d; work in parts", Integer.MAX_VALUE, rows);
    }
    return new FloatMatrix((int) rows, columns, RowSegments.concat(columns, parts));
  }

  /** The number of rows, 0 or more. */
  public int rows() {
    return rows;
  }

  /** The number of columns, 1 or more. */
  public int columns() {
    return columns;
  }

  /** The value at a place, both indices from 0. */
  public float get(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns);
    return values.get(row, column);
  }

  /** A copy of a row. */
  public float[] row(int row) {
    float[] target = new float[columns];
    copyRow(row, target, 0);
    return target;
  }

  /** Copies a row into {@code target}, from index {@code offset} on. */
  public void copyRow(int row, float[] target, int offset) {
    Objects.checkIndex(row, rows);
    values.copyRow(row, target, offset);
  }

  /**
   * Copies all values, row by row, to the position of a buffer of any byte order.
   *
   * @throws java.nio.BufferOverflowException if the buffer has less room
   */
  public void copyTo(FloatBuffer target) {
    values.copyTo(target);
  }

  /** The rows from {@code from} to before {@code to}, as a view that copies nothing. */
  public FloatMatrix rowRange(int from, int to) {
    Objects.checkFromToIndex(from, to, rows);
    return new FloatMatrix(to - from, columns, values.range(from, to));
  }

  /** A copy of some rows, in the order given; a row may be chosen more than once. */
  public FloatMatrix select(int[] chosen) {
    float[] copy = new float[arrayLength(chosen.length, columns)];
    for (int i = 0; i < chosen.length; i++) {
      copyRow(chosen[i], copy, i * columns);
    }
    return wrap(chosen.length, columns, copy);
  }

  /**
   * The rows from {@code fromRow} to before {@code toRow} as a direct little-endian buffer at
   * position 0, for native code. It is a read-only slice of the mapping if the rows are in one
   * mapped segment on a 4-byte boundary, else a fresh copy that belongs to the caller.
   *
   * @throws StitchException (resources) if the rows take 2 GiB or more
   */
  public ByteBuffer directBytes(int fromRow, int toRow) {
    FloatMatrix range = rowRange(fromRow, toRow);
    long size = (long) range.rows * columns * Float.BYTES;
    if (size > Integer.MAX_VALUE) {
      throw StitchException.resources(
          "rows %d to %d of %s take %d bytes but one buffer holds %d; ask for fewer rows",
          fromRow, toRow, this, size, Integer.MAX_VALUE);
    }
    ByteBuffer inPlace = range.values.inPlace();
    if (inPlace != null) {
      return inPlace;
    }
    ByteBuffer copy = ByteBuffer.allocateDirect((int) size).order(ByteOrder.LITTLE_ENDIAN);
    range.values.copyTo(copy.asFloatBuffer());
    return copy;
  }

  /**
   * A copy of all values, row by row.
   *
   * @throws StitchException (resources) if there are more values than one array holds
   */
  public float[] toArray() {
    float[] copy = new float[arrayLength(rows, columns)];
    values.copyTo(FloatBuffer.wrap(copy));
    return copy;
  }

  /**
   * The column of the largest value of each row; the first one wins a tie. NaN is smaller than
   * everything else, and a row of nothing but NaN gives 0.
   */
  public int[] argMaxRows() {
    int[] result = new int[rows];
    float[] row = new float[columns];
    for (int i = 0; i < rows; i++) {
      copyRow(i, row, 0);
      result[i] = argMax(row);
    }
    return result;
  }

  /** The first row that holds a NaN or an infinity, if there is one. */
  public OptionalInt firstNonFiniteRow() {
    float[] row = new float[columns];
    for (int i = 0; i < rows; i++) {
      copyRow(i, row, 0);
      for (float value : row) {
        if (!Float.isFinite(value)) {
          return OptionalInt.of(i);
        }
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Equal shapes and bits, except that all NaNs are equal; the storage, heap or file, does not
   * matter.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FloatMatrix that
        && rows == that.rows
        && columns == that.columns
        && values.sameRows(that.values, rows);
  }

  @Override
  public int hashCode() {
    return values.hash(rows);
  }

  @Override
  public String toString() {
    return "FloatMatrix(" + rows + ", " + columns + ")";
  }

  private static int argMax(float[] row) {
    int best = 0;
    for (int j = 1; j < row.length; j++) {
      if (row[j] > row[best] || (Float.isNaN(row[best]) && !Float.isNaN(row[j]))) {
        best = j;
      }
    }
    return best;
  }

  /**
   * The number of values of a matrix that is to be on the heap in one array.
   *
   * @throws StitchException (resources) if no array holds them
   */
  public static int arrayLength(int rows, int columns) {
    long count = (long) rows * columns;
    if (count > LARGEST_ARRAY) {
      throw StitchException.resources(
          "shape (%d, %d) needs %d values but one array holds %d; work in ranges of rows",
          rows, columns, count, LARGEST_ARRAY);
    }
    return (int) count;
  }

  private static void checkShape(int rows, int columns) {
    if (rows < 0 || columns < 1) {
      throw StitchException.badInput(
          "a matrix needs 0 or more rows and 1 or more columns but got shape (%d, %d)",
          rows, columns);
    }
  }

  private static void checkCount(int rows, int columns, long values) {
    long needed = (long) rows * columns;
    if (needed != values) {
      throw StitchException.badInput(
          "shape (%d, %d) needs %d values but got %d", rows, columns, needed, values);
    }
  }
}
