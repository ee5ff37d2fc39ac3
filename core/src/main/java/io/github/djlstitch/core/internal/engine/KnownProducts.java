// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import java.util.Arrays;

/** Computes the answers of {@link KernelCheck} by loops in double. Arrays hold matrices by rows. */
final class KnownProducts {
  private KnownProducts() {}

  /** {@code x Wᵀ + b}: x (M, K), w (N, K), b (N) to (M, N). */
  static double[] linear(double[] x, double[] w, double[] b) {
    int n = b.length;
    int k = w.length / n;
    double[] product = new double[x.length / k * n];
    for (int i = 0; i < product.length; i++) {
      double sum = b[i % n];
      for (int j = 0; j < k; j++) {
        sum += x[i / n * k + j] * w[i % n * k + j];
      }
      product[i] = sum;
    }
    return product;
  }

  /**
   * The same, its SiLU, its GELU by the hyperbolic tangent, and its sum with y (M, N), one below
   * the other: (4M, N).
   */
  static double[] linear(double[] x, double[] w, double[] b, double[] y) {
    double[] product = linear(x, w, b);
    int size = product.length;
    double[] all = Arrays.copyOf(product, 4 * size);
    for (int i = 0; i < size; i++) {
      all[size + i] = product[i] / (1 + Math.exp(-product[i]));
      all[2 * size + i] = gelu(product[i]);
      all[3 * size + i] = product[i] + y[i];
    }
    return all;
  }

  // Hendrycks and Gimpel 2016, arXiv:1606.08415, section 2.
  private static double gelu(double x) {
    return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  /**
   * A 3 x 3 convolution and a depthwise one of stride 2 behind it, both padded by 1: x (B, C, S,
   * S), first (N, C, 3, 3), second (N, 1, 3, 3) to (B, N, S/2, S/2).
   */
  static double[] convolutions(
      double[] x, double[] first, double[] second, int c, int n, int side) {
    int batch = x.length / (c * side * side);
    double[] middle = new double[batch * n * side * side];
    double[] out = new double[middle.length / 4];
    for (int i = 0; i < batch * n; i++) {
      for (int j = 0; j < c; j++) {
        int map = i / n * c + j;
        add(middle, i, x, map, first, i % n * c + j, new int[] {side, side, 1});
      }
      add(out, i, middle, i, second, i % n, new int[] {side, side / 2, 2});
    }
    return out;
  }

  // Adds the convolution of one map with one 3 x 3 filter; sizes: of the map, of the sum, stride.
  private static void add(
      double[] sum, int target, double[] maps, int map, double[] filters, int filter, int[] sizes) {
    int in = sizes[0];
    int out = sizes[1];
    for (int i = 0; i < out * out * 9; i++) {
      int place = i / 9;
      int row = place / out * sizes[2] + i % 9 / 3 - 1;
      int column = place % out * sizes[2] + i % 3 - 1;
      if (row >= 0 && row < in && column >= 0 && column < in) {
        sum[target * out * out + place] +=
            maps[(map * in + row) * in + column] * filters[filter * 9 + i % 9];
      }
    }
  }

  /** A symmetric matrix (N, N) with the eigenvalues 1 to N: a reflection of their diagonal. */
  static double[] symmetric(int n) {
    double[] a = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += reflection(n, i / n, j) * (j + 1) * reflection(n, i % n, j);
      }
      a[i] = sum;
    }
    return a;
  }

  // Householder's, along (1, 2, ..., N).
  private static double reflection(int n, int i, int j) {
    double length = n * (n + 1.0) * (2 * n + 1) / 6;
    return (i == j ? 1 : 0) - 2 * (i + 1) * (j + 1) / length;
  }

  /** Right-hand sides (N, N) whose solutions are small whole numbers. */
  static double[] rightSides(int n) {
    double[] a = symmetric(n);
    double[] b = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      for (int j = 0; j < n; j++) {
        b[i] += a[i / n * n + j] * solution(j, i % n);
      }
    }
    return b;
  }

  private static double solution(int i, int j) {
    return (i * 7 + j * 3) % 11 - 5;
  }

  /** The symmetric matrix, the solutions, the matrix again from its decomposition, eigenvalues. */
  static double[] algebra(int n) {
    double[] a = symmetric(n);
    double[] all = Arrays.copyOf(a, 3 * n * n + n);
    for (int i = 0; i < n * n; i++) {
      all[n * n + i] = solution(i / n, i % n);
      all[2 * n * n + i] = a[i];
    }
    for (int i = 0; i < n; i++) {
      all[3 * n * n + i] = i + 1;
    }
    return all;
  }

  /** The largest difference as a share of the largest expected value; NaN if a value is NaN. */
  static double largestDifference(double[] expected, double[] found) {
    double most = expected.length == found.length ? 0 : Double.POSITIVE_INFINITY;
    double size = 0;
    for (int i = 0; i < Math.min(expected.length, found.length); i++) {
      most = Math.max(most, Math.abs(expected[i] - found[i])); // NaN if either is
      size = Math.max(size, Math.abs(expected[i]));
    }
    return most / size;
  }
}
