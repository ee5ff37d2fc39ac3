// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * Sums over the matrices K and L of all pairs of samples for CKA, distance correlation and RSA,
 * added up block by block so that no such matrix is ever in memory. The diagonals are left out.
 *
 * @param xy sum of the products of K and L
 * @param xx sum of the squares of K
 * @param yy sum of the squares of L
 * @param rowsX sums of the rows of K
 * @param rowsY sums of the rows of L
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PairSums(double xy, double xx, double yy, double[] rowsX, double[] rowsY) {
  private static final int BLOCK = 1024;
  // Dissimilarities are about 1; smaller differences than the square root of this are rounding.
  private static final double NO_VARIANCE = 1e-24;

  static PairSums of(Affinity affinity, FloatMatrix x, FloatMatrix y) {
    int n = x.rows();
    double[] totals = new double[3];
    double[] rowsX = new double[n];
    double[] rowsY = new double[n];
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray s = affinity.specification(manager, x); // (2)
      NDArray t = affinity.specification(manager, y); // (2)
      NDArray a = Affinity.PROGRAM.call("frame", TensorBridge.toTensor(manager, x), s); // (N, D)
      NDArray b = Affinity.PROGRAM.call("frame", TensorBridge.toTensor(manager, y), t); // (N, E)
      for (int i = 0; i < n; i += BLOCK) {
        for (int j = i; j < n; j += BLOCK) {
          DoubleBuffer sums = DoubleBuffer.wrap(pair(a, b, i, j, s, t));
          for (int k = 0; k < totals.length; k++) {
            totals[k] += (i == j ? 1 : 2) * sums.get();
          }
          add(sums, rowsX, i);
          add(sums, rowsY, i);
          if (i != j) {
            add(sums, rowsX, j);
            add(sums, rowsY, j);
          }
        }
      }
    }
    return new PairSums(totals[0], totals[1], totals[2], rowsX, rowsY);
  }

  // One call is short: the JVM cannot end while a longer one runs without pulling the engine from
  // under it.
  private static double[] pair(NDArray a, NDArray b, int i, int j, NDArray s, NDArray t) {
    try (NDManager scope = a.getManager().newSubManager();
        NDArray at = scope.create(new long[] {i, j, BLOCK}); // (3)
        NDArray sums = Affinity.PROGRAM.call("pair", a, b, at, s, t)) { // (2 BLOCK + 3)
      return sums.toDoubleArray();
    }
  }

  private static void add(DoubleBuffer sums, double[] rows, int from) {
    for (int i = from; i < Math.min(from + BLOCK, rows.length); i++) {
      rows[i] += sums.get();
    }
  }

  double measure(MeasureKind kind) {
    return switch (kind) {
      case CKA_RBF -> withDiagonal(1).biased();
      case DCOR -> Math.sqrt(zeroOrMore(biased()));
      case DCOR_UNBIASED -> unbiased();
      default -> pearson();
    };
  }

  // Rounding may leave a correlation of nothing just below 0; NaN stays.
  private static double zeroOrMore(double value) {
    return value < 0 ? 0 : value;
  }

  private PairSums withDiagonal(double value) {
    double squares = rowsX.length * value * value;
    return new PairSums(
        xy + squares,
        xx + squares,
        yy + squares,
        Arrays.stream(rowsX).map(r -> r + value).toArray(),
        Arrays.stream(rowsY).map(r -> r + value).toArray());
  }

  private double biased() {
    double n = rowsX.length;
    return ratio(-2 / n, 1 / (n * n));
  }

  private double unbiased() {
    double n = rowsX.length;
    return ratio(-2 / (n - 2), 1 / ((n - 1) * (n - 2)));
  }

  private double ratio(double byRows, double byAll) {
    double kl = xy + byRows * dot(rowsX, rowsY) + byAll * sum(rowsX) * sum(rowsY);
    double kk = xx + byRows * dot(rowsX, rowsX) + byAll * sum(rowsX) * sum(rowsX);
    double ll = yy + byRows * dot(rowsY, rowsY) + byAll * sum(rowsY) * sum(rowsY);
    return kl / Math.sqrt(kk * ll);
  }

  private double pearson() {
    double pairs = (double) rowsX.length * (rowsX.length - 1);
    double meanX = sum(rowsX) / pairs;
    double meanY = sum(rowsY) / pairs;
    double varianceX = xx / pairs - meanX * meanX;
    double varianceY = yy / pairs - meanY * meanY;
    boolean defined = varianceX > NO_VARIANCE && varianceY > NO_VARIANCE;
    return defined ? (xy / pairs - meanX * meanY) / Math.sqrt(varianceX * varianceY) : Double.NaN;
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
