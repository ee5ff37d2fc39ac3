// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import java.util.Random;

/**
 * The permutation p that makes {@code Σ A_ij B_p(i)p(j)} large, for symmetric matrices: from random
 * permutations, pairs are swapped as long as that helps (2-opt), and the best end is kept.
 */
final class QuadraticAssignment {
  // Gains below this share of the matrices' product are rounding errors.
  private static final double ROUNDING = 1e-12;

  private final double[][] a;
  private final double[][] b;

  QuadraticAssignment(double[][] a, double[][] b) {
    this.a = a;
    this.b = b;
  }

  /** The best of {@code restarts} descents. */
  int[] solve(int restarts, Random random) {
    int[] best = improved(shuffled(random));
    for (int i = 1; i < restarts; i++) {
      int[] next = improved(shuffled(random));
      best = value(next) > value(best) ? next : best;
    }
    return best;
  }

  /** {@code Σ A_ij B_p(i)p(j)}. */
  double value(int[] p) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        sum += a[i][j] * b[p[i]][p[j]];
      }
    }
    return sum;
  }

  /** {@link #value} over the product of the matrices' norms, -1 to 1; 0 if one of them is 0. */
  double likeness(int[] p) {
    double norms = norm(a) * norm(b);
    return norms > 0 ? value(p) / norms : 0;
  }

  private int[] improved(int[] p) {
    double least = ROUNDING * Math.max(1e-300, Math.abs(norm(a) * norm(b)));
    boolean better = true;
    while (better) {
      better = false;
      for (int r = 0; r < p.length; r++) {
        for (int s = r + 1; s < p.length; s++) {
          if (gain(p, r, s) > least) {
            swap(p, r, s);
            better = true;
          }
        }
      }
    }
    return p;
  }

  private double gain(int[] p, int r, int s) {
    double gain = (a[r][r] - a[s][s]) * (b[p[s]][p[s]] - b[p[r]][p[r]]);
    for (int k = 0; k < p.length; k++) {
      if (k != r && k != s) {
        gain += 2 * (a[r][k] - a[s][k]) * (b[p[s]][p[k]] - b[p[r]][p[k]]);
      }
    }
    return gain;
  }

  private static double norm(double[][] m) {
    double sum = 0;
    for (double[] row : m) {
      for (double v : row) {
        sum += v * v;
      }
    }
    return Math.sqrt(sum);
  }

  private int[] shuffled(Random random) {
    int[] p = new int[a.length];
    for (int i = 0; i < p.length; i++) {
      int j = random.nextInt(i + 1);
      p[i] = p[j];
      p[j] = i;
    }
    return p;
  }

  private static void swap(int[] p, int r, int s) {
    int other = p[r];
    p[r] = p[s];
    p[s] = other;
  }
}
