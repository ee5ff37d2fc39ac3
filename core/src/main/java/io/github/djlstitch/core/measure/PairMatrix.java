// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A symmetric matrix over the pairs of samples, (N, N). Immutable and thread-safe. */
final class PairMatrix {
  private final double[][] rows;

  private PairMatrix(double[][] rows) {
    this.rows = rows;
  }

  /** Builds a matrix from values row by row; the diagonal is set to its exact value. */
  static PairMatrix of(int n, double[] values, Affinity affinity) {
    double[][] rows = new double[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOfRange(values, i * n, (i + 1) * n);
      if (!affinity.equals(Affinity.LINEAR)) {
        rows[i][i] = affinity.isGaussian() ? 1 : 0;
      }
    }
    return new PairMatrix(rows);
  }

  int size() {
    return rows.length;
  }

  double at(int i, int j) {
    return rows[i][j];
  }

  /** The other samples that each has the least values with, (N, k); of equal ones the first. */
  int[][] least(int k) {
    int[][] out = new int[size()][];
    for (int i = 0; i < out.length; i++) {
      double[] values = rows[i];
      int self = i;
      out[i] =
          IntStream.range(0, values.length)
              .filter(j -> j != self)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> values[j])) // stable
              .limit(k)
              .mapToInt(j -> j)
              .toArray();
    }
    return out;
  }

  /** The values above the diagonal, row by row. */
  double[] condensed() {
    int n = size();
    double[] out = new double[n * (n - 1) / 2];
    int k = 0;
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows[i], i + 1, out, k, n - i - 1);
      k += n - i - 1;
    }
    return out;
  }

  /** The symmetric matrix with 0 on the diagonal whose condensed form is the mapped one. */
  PairMatrix mapCondensed(UnaryOperator<double[]> map) {
    double[] values = map.apply(condensed());
    double[][] out = new double[size()][size()];
    int k = 0;
    for (int i = 0; i < size(); i++) {
      for (int j = i + 1; j < size(); j++) {
        out[i][j] = values[k];
        out[j][i] = values[k++];
      }
    }
    return new PairMatrix(out);
  }

  /** Subtracts row and column means, diagonal included. */
  PairMatrix doubleCentered() {
    int n = size();
    return centered(n, n, (double) n * n, true);
  }

  /** Subtracts means without the diagonal, unbiased (Székely and Rizzo 2014, eq. 2.4). */
  PairMatrix unbiasedCentered() {
    int n = size();
    return centered(n - 2.0, n - 2.0, (n - 1.0) * (n - 2.0), false);
  }

  private PairMatrix centered(double byRow, double byColumn, double byAll, boolean diagonal) {
    int n = size();
    double[] sums = new double[n];
    double total = 0;
    for (int i = 0; i < n; i++) {
      sums[i] = Arrays.stream(rows[i]).sum() - (diagonal ? 0 : rows[i][i]);
      total += sums[i];
    }
    double[][] out = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        boolean counts = diagonal || i != j;
        out[i][j] = counts ? rows[i][j] - sums[i] / byRow - sums[j] / byColumn + total / byAll : 0;
      }
    }
    return new PairMatrix(out);
  }

  /** Scales to unit Frobenius norm. */
  PairMatrix unit() {
    double norm = Math.sqrt(dot(this, identity(size())));
    double[][] out = new double[size()][];
    for (int i = 0; i < size(); i++) {
      out[i] = Arrays.stream(rows[i]).map(v -> v / norm).toArray();
    }
    return new PairMatrix(out);
  }

  /** The inner product with the other matrix whose rows and columns are put into this order. */
  double dot(PairMatrix other, int[] order) {
    double sum = 0;
    for (int i = 0; i < order.length; i++) {
      double[] a = rows[i];
      double[] b = other.rows[order[i]];
      for (int j = 0; j < order.length; j++) {
        sum += a[j] * b[order[j]];
      }
    }
    return sum;
  }

  private static int[] identity(int n) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
