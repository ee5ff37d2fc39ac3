// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Arrays;
import java.util.Random;

/** Seeded draws of rows; every draw of a kind is equally likely. */
final class RowDraws {
  private RowDraws() {}

  static int[] identity(int rows) {
    int[] all = new int[rows];
    Arrays.setAll(all, i -> i);
    return all;
  }

  static int[] permutation(int rows, Random random) {
    return shuffled(rows, rows, random);
  }

  /** Some rows, each at most once, in ascending order; all of them if no more are wanted. */
  static int[] without(int rows, int wanted, Random random) {
    int count = Math.min(rows, wanted);
    int[] chosen = Arrays.copyOf(shuffled(rows, count, random), count);
    Arrays.sort(chosen);
    return chosen;
  }

  /** The matrix with the values of each column in an order of its own. */
  static FloatMatrix shuffledColumns(FloatMatrix x, Random random) {
    float[] out = x.toArray();
    int width = x.columns();
    for (int j = 0; j < width; j++) {
      int[] order = permutation(x.rows(), random);
      for (int i = 0; i < order.length; i++) {
        out[i * width + j] = x.get(order[i], j);
      }
    }
    return FloatMatrix.wrap(x.rows(), width, out);
  }

  static int[] inverse(int[] permutation) {
    int[] inverse = new int[permutation.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[permutation[i]] = i;
    }
    return inverse;
  }

  // Fisher-Yates from the front; the first `settled` places are a fair draw.
  private static int[] shuffled(int rows, int settled, Random random) {
    int[] all = identity(rows);
    for (int i = 0; i < Math.min(settled, rows - 1); i++) {
      int j = i + random.nextInt(rows - i);
      int swap = all[i];
      all[i] = all[j];
      all[j] = swap;
    }
    return all;
  }
}
