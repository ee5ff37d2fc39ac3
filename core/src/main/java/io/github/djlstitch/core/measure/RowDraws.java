// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import java.util.Arrays;
import java.util.Random;

/** Seeded draws of row numbers; every draw of a kind is equally likely. */
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
