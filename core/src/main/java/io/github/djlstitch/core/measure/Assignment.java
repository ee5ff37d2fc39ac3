// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import java.util.Arrays;

/**
 * The assignment of each row to a column of its own with the largest sum, by shortest augmenting
 * paths (Jonker and Volgenant 1987) in at most M²N steps. Rows are added one by one; prices of rows
 * and columns keep every cost {@code -value - row - column} at least 0 and those of the assignment
 * 0, so that the cheapest path to a free column is found as Dijkstra finds it.
 */
final class Assignment {
  private static final int NONE = -1;

  private final double[][] values;
  private final double[] rowPrices;
  private final double[] columnPrices;
  private final int[] columnOf;
  private final int[] rowOf;

  private Assignment(double[][] values) {
    int columns = values[0].length;
    this.values = values;
    this.rowPrices = new double[values.length];
    this.columnPrices = new double[columns];
    this.columnOf = new int[values.length];
    this.rowOf = new int[columns];
    Arrays.fill(columnOf, NONE);
    Arrays.fill(rowOf, NONE);
  }

  /** The column of each row; there are at least as many columns as rows. */
  static int[] best(double[][] values) {
    var assignment = new Assignment(values);
    for (int row = 0; row < values.length; row++) {
      assignment.add(row);
    }
    return assignment.columnOf;
  }

  private void add(int row) {
    int columns = rowOf.length;
    double[] lengths = new double[columns];
    int[] before = new int[columns];
    boolean[] done = new boolean[columns];
    Arrays.fill(lengths, Double.POSITIVE_INFINITY);
    Arrays.fill(before, row);
    int last = row;
    double length = 0;
    int end = NONE;
    while (end == NONE) {
      int next = extend(last, length, lengths, before, done);
      length = lengths[next];
      done[next] = true;
      last = rowOf[next];
      end = last == NONE ? next : NONE;
    }
    reprice(row, length, lengths, done);
    flip(row, end, before);
  }

  // The nearest column not done yet, after a look at the ways out of a row.
  private int extend(int row, double length, double[] lengths, int[] before, boolean[] done) {
    double[] own = values[row];
    int nearest = NONE;
    for (int j = 0; j < own.length; j++) {
      if (done[j]) {
        continue;
      }
      double there = length - own[j] - rowPrices[row] - columnPrices[j];
      if (there < lengths[j]) {
        lengths[j] = there;
        before[j] = row;
      }
      boolean nearer = nearest == NONE || lengths[j] < lengths[nearest];
      nearest = nearer || (lengths[j] == lengths[nearest] && rowOf[j] == NONE) ? j : nearest;
    }
    return nearest;
  }

  private void reprice(int row, double length, double[] lengths, boolean[] done) {
    rowPrices[row] += length;
    for (int j = 0; j < done.length; j++) {
      if (done[j] && lengths[j] < length) {
        rowPrices[rowOf[j]] += length - lengths[j];
        columnPrices[j] -= length - lengths[j];
      }
    }
  }

  private void flip(int row, int end, int[] before) {
    int column = end;
    int assigned;
    do {
      assigned = before[column];
      int freed = columnOf[assigned];
      columnOf[assigned] = column;
      rowOf[column] = assigned;
      column = freed;
    } while (assigned != row);
  }
}
