// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import static java.util.Arrays.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Seeded matrices, and plain double-loop arithmetic as the control of everything native. */
public final class Matrices {
  private Matrices() {}

  /** The value at a place. */
  @FunctionalInterface
  public interface Value {
    double at(int row, int column);
  }

  /** A matrix by formula. */
  public static FloatMatrix of(int rows, int columns, Value value) {
    float[] out = new float[rows * columns];
    for (int k = 0; k < out.length; k++) {
      out[k] = (float) value.at(k / columns, k % columns);
    }
    return FloatMatrix.wrap(rows, columns, out);
  }

  /** Independent standard normal values. */
  public static FloatMatrix gaussian(long seed, int rows, int columns) {
    var random = new Random(seed);
    return of(rows, columns, (i, j) -> random.nextGaussian());
  }

  /** An orthogonal matrix, by Gram-Schmidt on Gaussian rows. */
  public static FloatMatrix rotation(long seed, int width) {
    var random = new Random(seed);
    double[][] q = new double[width][width];
    for (int i = 0; i < width; i++) {
      q[i] = random.doubles(width, -1, 1).toArray();
      for (int twice = 0; twice < 2; twice++) {
        for (int k = 0; k < i; k++) {
          subtract(q[i], q[k], dot(q[i], q[k]));
        }
      }
      double norm = Math.sqrt(dot(q[i], q[i]));
      subtract(q[i], q[i].clone(), 1 - 1 / norm);
    }
    return of(width, width, (i, j) -> q[i][j]);
  }

  /** X Y in double. */
  public static FloatMatrix times(FloatMatrix x, FloatMatrix y) {
    assertEquals(x.columns(), y.rows());
    return of(
        x.rows(),
        y.columns(),
        (i, j) -> {
          double sum = 0;
          for (int k = 0; k < y.rows(); k++) {
            sum += (double) x.get(i, k) * y.get(k, j);
          }
          return sum;
        });
  }

  /** The X of A X = B for a square A, by Gauss-Jordan elimination with pivots. */
  public static FloatMatrix solve(FloatMatrix a, FloatMatrix b) {
    int n = a.rows();
    double[][] m = new double[n][];
    for (int i = 0; i < n; i++) {
      m[i] = DoubleStream.concat(stream(doubles(a, i)), stream(doubles(b, i))).toArray();
    }
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k; i < n; i++) {
        pivot = Math.abs(m[i][k]) > Math.abs(m[pivot][k]) ? i : pivot;
      }
      double[] row = m[pivot];
      m[pivot] = m[k];
      m[k] = row;
      subtract(row, row.clone(), 1 - 1 / row[k]);
      for (int i = 0; i < n; i++) {
        subtract(m[i], i == k ? new double[row.length] : row, m[i][k]);
      }
    }
    return of(n, b.columns(), (i, j) -> m[i][n + j]);
  }

  /** The transpose. */
  public static FloatMatrix transposed(FloatMatrix x) {
    return of(x.columns(), x.rows(), (i, j) -> x.get(j, i));
  }

  /** Each value mapped. */
  public static FloatMatrix map(FloatMatrix x, DoubleUnaryOperator f) {
    return of(x.rows(), x.columns(), (i, j) -> f.applyAsDouble(x.get(i, j)));
  }

  /** The identity. */
  public static FloatMatrix identity(int width) {
    return of(width, width, (i, j) -> i == j ? 1 : 0);
  }

  /** A + b I. */
  public static FloatMatrix plusIdentity(FloatMatrix a, double b) {
    return of(a.rows(), a.columns(), (i, j) -> a.get(i, j) + (i == j ? b : 0));
  }

  /** Each row times its own unit length; zero rows stay. */
  public static FloatMatrix unitRows(FloatMatrix x) {
    double[] norms = new double[x.rows()];
    for (int i = 0; i < x.rows(); i++) {
      norms[i] = Math.sqrt(dot(doubles(x, i), doubles(x, i)));
    }
    return of(x.rows(), x.columns(), (i, j) -> norms[i] == 0 ? 0 : x.get(i, j) / norms[i]);
  }

  /** The mean of the rows, shape (1, D). */
  public static FloatMatrix meanRow(FloatMatrix x) {
    double[] sum = new double[x.columns()];
    for (int i = 0; i < x.rows(); i++) {
      subtract(sum, doubles(x, i), -1);
    }
    return of(1, x.columns(), (i, j) -> sum[j] / x.rows());
  }

  /** Each row plus {@code scale} times the row (1, D). */
  public static FloatMatrix shift(FloatMatrix x, FloatMatrix row, double scale) {
    return of(x.rows(), x.columns(), (i, j) -> x.get(i, j) + scale * row.get(0, j));
  }

  /** A row in double. */
  public static double[] doubles(FloatMatrix x, int row) {
    double[] out = new double[x.columns()];
    for (int j = 0; j < out.length; j++) {
      out[j] = x.get(row, j);
    }
    return out;
  }

  /** The inner product. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  /** The smallest cosine between rows of the same index. */
  public static double worstCosine(FloatMatrix x, FloatMatrix y) {
    FloatMatrix a = unitRows(x);
    FloatMatrix b = unitRows(y);
    double worst = 1;
    for (int i = 0; i < x.rows(); i++) {
      worst = Math.min(worst, dot(doubles(a, i), doubles(b, i)));
    }
    return worst;
  }

  /** The largest absolute difference; infinite if a value is not a number. */
  public static double difference(FloatMatrix expected, FloatMatrix actual) {
    assertEquals(expected.toString(), actual.toString());
    double largest = 0;
    for (int i = 0; i < expected.rows(); i++) {
      for (int j = 0; j < expected.columns(); j++) {
        double d = Math.abs((double) expected.get(i, j) - actual.get(i, j));
        largest = Math.max(largest, Double.isNaN(d) ? Double.POSITIVE_INFINITY : d);
      }
    }
    return largest;
  }

  /** Fails unless every value is within the tolerance. */
  public static void assertClose(FloatMatrix expected, FloatMatrix actual, double tolerance) {
    double difference = difference(expected, actual);
    assertTrue(difference <= tolerance, "largest difference " + difference);
  }

  private static void subtract(double[] from, double[] what, double scale) {
    for (int j = 0; j < from.length; j++) {
      from[j] -= scale * what[j];
    }
  }
}
