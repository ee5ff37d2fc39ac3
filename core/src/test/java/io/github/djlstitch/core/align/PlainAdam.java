// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import java.util.Random;

/** Adam on the mean squared error of an affine map, sample by sample and weight by weight. */
final class PlainAdam {
  private PlainAdam() {}

  /** The map and below it the offset, shape (D + 1, E). */
  static FloatMatrix fit(FloatMatrix x, FloatMatrix y, int steps, double rate, long seed) {
    int rows = x.columns() + 1;
    int columns = y.columns();
    double most = 1 / Math.sqrt(x.columns());
    double[] w = new Random(seed).doubles((long) rows * columns, -most, most).toArray();
    double[] m = new double[w.length];
    double[] v = new double[w.length];
    for (int t = 1; t <= steps; t++) {
      double[] g = gradient(x, y, w);
      for (int k = 0; k < w.length; k++) {
        m[k] = .9 * m[k] + .1 * g[k];
        v[k] = .999 * v[k] + .001 * g[k] * g[k];
        double first = m[k] / (1 - Math.pow(.9, t));
        double second = v[k] / (1 - Math.pow(.999, t));
        w[k] -= rate * first / (Math.sqrt(second) + 1e-8);
      }
    }
    return Matrices.of(rows, columns, (i, j) -> w[i * columns + j]);
  }

  private static double[] gradient(FloatMatrix x, FloatMatrix y, double[] w) {
    int width = x.columns();
    int columns = y.columns();
    double[] g = new double[w.length];
    for (int n = 0; n < x.rows(); n++) {
      for (int j = 0; j < columns; j++) {
        double error = w[width * columns + j] - y.get(n, j);
        for (int i = 0; i < width; i++) {
          error += x.get(n, i) * w[i * columns + j];
        }
        double slope = 2 * error / ((double) x.rows() * columns);
        for (int i = 0; i < width; i++) {
          g[i * columns + j] += slope * x.get(n, i);
        }
        g[width * columns + j] += slope;
      }
    }
    return g;
  }
}
