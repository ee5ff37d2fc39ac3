// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.engine.TensorBridge;
import java.util.Arrays;

/**
 * What CKA, distance correlation and RSA need of the matrices K and L over all pairs of samples,
 * added up block by block so that no such matrix is ever in memory. The diagonals are left out.
 *
 * @param xy sum of the products of K and L
 * @param xx sum of the squares of K
 * @param yy sum of the squares of L
 * @param rowsX sums of the rows of K
 * @param rowsY sums of the rows of L
 */
record PairSums(double xy, double xx, double yy, double[] rowsX, double[] rowsY) {
  // Dissimilarities are about 1; smaller differences than the square root of this are rounding.
  private static final double NO_VARIANCE = 1e-24;

  static PairSums of(Affinity affinity, FloatMatrix x, FloatMatrix y) {
    try (NDManager manager = TensorBridge.newManager()) {
      var s = affinity.specification(manager, x);
      var t = affinity.specification(manager, y);
      var a = TensorBridge.toTensor(manager, x);
      var b = TensorBridge.toTensor(manager, y);
      double[] all = Affinity.PROGRAM.call("sums", a, b, s, t).toDoubleArray();
      int n = x.rows();
      return new PairSums(
          all[0],
          all[1],
          all[2],
          Arrays.copyOfRange(all, 3, 3 + n),
          Arrays.copyOfRange(all, 3 + n, 3 + 2 * n));
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
