// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.graph;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import java.util.Arrays;

/**
 * An immutable sparse float32 matrix of shape {@code (rows, columns)} on the heap, row by row: the
 * entries of row i are those from {@code starts[i]} on. Safe for use by several threads.
 */
public final class SparseMatrix {
  private final int columns;
  private final int[] starts; // rows + 1
  private final int[] indices;
  private final float[] values;

  private SparseMatrix(int columns, int[] starts, int[] indices, float[] values) {
    this.columns = columns;
    this.starts = starts;
    this.indices = indices;
    this.values = values;
  }

  /**
   * Copies rows of entries.
   *
   * @param starts offset of each row's first entry, then the number of entries
   * @param indices column of each entry, ascending within a row
   * @throws StitchException (bad input) if the lengths, the starts or the columns are inconsistent
   */
  public static SparseMatrix of(int columns, int[] starts, int[] indices, float[] values) {
    boolean framed = starts.length > 1 && starts[0] == 0 && columns > 0;
    if (!framed || starts[starts.length - 1] != indices.length || indices.length != values.length) {
      throw StitchException.badInput(
          "a sparse matrix with %d columns, %d starts, %d indices and %d values; expected a start"
              + " for each row, then the number of entries",
          columns, starts.length, indices.length, values.length);
    }
    for (int row = 0; row + 1 < starts.length; row++) {
      checkRow(columns, starts, indices, row);
    }
    return new SparseMatrix(columns, starts.clone(), indices.clone(), values.clone());
  }

  private static void checkRow(int columns, int[] starts, int[] indices, int row) {
    int previous = -1;
    boolean sound = starts[row] <= starts[row + 1] && starts[row + 1] <= indices.length;
    for (int k = starts[row]; sound && k < starts[row + 1]; k++) {
      sound = indices[k] > previous && indices[k] < columns;
      previous = indices[k];
    }
    if (!sound) {
      throw StitchException.badInput(
          "row %d of a sparse matrix needs ascending columns below %d", row, columns);
    }
  }

  /** The number of rows, 1 or more. */
  public int rows() {
    return starts.length - 1;
  }

  /** The number of columns, 1 or more. */
  public int columns() {
    return columns;
  }

  /** The number of entries. */
  public int entries() {
    return indices.length;
  }

  /** A copy of the columns of a row's entries. */
  public int[] indices(int row) {
    return Arrays.copyOfRange(indices, starts[row], starts[row + 1]);
  }

  /** A copy of the values of a row's entries. */
  public float[] values(int row) {
    return Arrays.copyOfRange(values, starts[row], starts[row + 1]);
  }

  /** Each row divided by its sum; a row without entries stays. */
  public SparseMatrix rowsToSumOne() {
    float[] scaled = values.clone();
    for (int row = 0; row < rows(); row++) {
      double sum = 0;
      for (int k = starts[row]; k < starts[row + 1]; k++) {
        sum += values[k];
      }
      for (int k = starts[row]; k < starts[row + 1] && sum != 0; k++) {
        scaled[k] = (float) (values[k] / sum);
      }
    }
    return new SparseMatrix(columns, starts, indices, scaled);
  }

  /** Returns all values times a number. */
  SparseMatrix times(float factor) {
    float[] scaled = values.clone();
    for (int k = 0; k < scaled.length; k++) {
      scaled[k] *= factor;
    }
    return new SparseMatrix(columns, starts, indices, scaled);
  }

  /** For each entry of the transpose, in its order, which entry of this matrix it is. */
  int[] transposition() {
    int[] next = transposedStarts();
    int[] order = new int[indices.length];
    for (int k = 0; k < indices.length; k++) {
      order[next[indices[k]]++] = k;
    }
    return order;
  }

  /** The transpose. */
  SparseMatrix transposed() {
    int[] order = transposition();
    int[] owner = new int[indices.length];
    for (int row = 0; row < rows(); row++) {
      Arrays.fill(owner, starts[row], starts[row + 1], row);
    }
    int[] turned = new int[indices.length];
    float[] moved = new float[indices.length];
    for (int k = 0; k < order.length; k++) {
      turned[k] = owner[order[k]];
      moved[k] = values[order[k]];
    }
    return new SparseMatrix(rows(), transposedStarts(), turned, moved);
  }

  private int[] transposedStarts() {
    int[] sums = new int[columns + 1];
    for (int column : indices) {
      sums[column + 1]++;
    }
    for (int j = 0; j < columns; j++) {
      sums[j + 1] += sums[j];
    }
    return sums;
  }

  /** Starts (rows), columns and values, as the sparse product reads them; the manager owns them. */
  NDList tensors(NDManager manager) {
    int[] offsets = Arrays.copyOf(starts, rows());
    return new NDList(manager.create(offsets), manager.create(indices), manager.create(values));
  }
}
