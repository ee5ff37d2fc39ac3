// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;

/**
 * CKNNA: unbiased HSIC of the cosines, kept only where a sample is among the k neighbors in both
 * spaces, over that of each space by itself (Huh et al. 2024, appendix A; their code adds 1e-6 to
 * the denominator).
 */
final class NeighborAlignment implements Comparison {
  private final Neighbors x;
  private final Neighbors y;
  private final double scale;

  private NeighborAlignment(Neighbors x, Neighbors y) {
    this.x = x;
    this.y = y;
    int[] order = RowDraws.identity(x.rows().length);
    double xx = hsic(x, x, order);
    double yy = hsic(y, y, order);
    this.scale = xx > 0 && yy > 0 ? Math.sqrt(xx * yy) : Double.NaN;
  }

  static NeighborAlignment of(int k, FloatMatrix x, FloatMatrix y) {
    return new NeighborAlignment(Neighbors.within(x, k), Neighbors.within(y, k));
  }

  @Override
  public double value() {
    return permuted(RowDraws.identity(x.rows().length));
  }

  @Override
  public double permuted(int[] order) {
    return hsic(x, y, order) / scale;
  }

  // The masked matrices are not symmetric: the formula pairs K_ij with L_ji.
  private static double hsic(Neighbors a, Neighbors b, int[] order) {
    int n = order.length;
    double[] columnsK = new double[n];
    double[] rowsL = new double[n];
    double trace = 0;
    double totalK = 0;
    double totalL = 0;
    for (int i = 0; i < n; i++) {
      int[] near = a.rows()[i];
      for (int c = 0; c < near.length; c++) {
        int j = near[c];
        int place = b.place(order[i], order[j]);
        if (place < 0) {
          continue;
        }
        double k = a.cosines()[i][c];
        double l = b.cosines()[order[i]][place];
        columnsK[j] += k;
        rowsL[i] += l;
        totalK += k;
        totalL += l;
        int back = b.place(order[j], order[i]);
        trace += back >= 0 && a.place(j, i) >= 0 ? k * b.cosines()[order[j]][back] : 0;
      }
    }
    double product = 0;
    for (int i = 0; i < n; i++) {
      product += columnsK[i] * rowsL[i];
    }
    double sum = trace + totalK * totalL / ((n - 1.0) * (n - 2)) - 2 * product / (n - 2.0);
    return sum / (n * (n - 3.0));
  }
}
