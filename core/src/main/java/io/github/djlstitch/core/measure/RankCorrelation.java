// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import java.util.Arrays;

/** Correlations of the order of values; NaN if all values of one side are equal. */
final class RankCorrelation {
  // Equal dissimilarities differ by less than this after rounding, and must stay equal.
  private static final double GRID = 1e12;

  private RankCorrelation() {}

  static double spearman(double[] x, double[] y) {
    double[] a = ranks(x);
    double[] b = ranks(y);
    double mean = (x.length + 1) / 2.0;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - mean) * (b[i] - mean);
      aa += (a[i] - mean) * (a[i] - mean);
      bb += (b[i] - mean) * (b[i] - mean);
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Ranks from 1; equal values share the mean of their ranks. */
  static double[] ranks(double[] values) {
    double[] sorted = sorted(values);
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      double value = onGrid(values[i]);
      int first = firstOf(sorted, value);
      out[i] = (first + firstOf(sorted, Math.nextUp(value)) + 1) / 2.0;
    }
    return out;
  }

  /** Kendall's tau-b in O(n log n) (Knight 1966). */
  static double kendall(double[] x, double[] y) {
    double[] sortedX = sorted(x);
    double[] sortedY = sorted(y);
    long[] pairs = new long[x.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = ((long) firstOf(sortedX, onGrid(x[i])) << 32) | firstOf(sortedY, onGrid(y[i]));
    }
    Arrays.sort(pairs);
    long all = choose2(pairs.length);
    long tiesX = ties(Arrays.stream(pairs).map(p -> p >> 32).toArray());
    long tiesBoth = ties(pairs);
    int[] seconds = Arrays.stream(pairs).mapToInt(p -> (int) p).toArray();
    long discordant = inversions(seconds, new int[seconds.length], 0, seconds.length);
    // Now sorted by inversions().
    long tiesY = ties(Arrays.stream(seconds).asLongStream().toArray());
    double concordantLess = (double) (all - tiesX - tiesY + tiesBoth - 2 * discordant);
    return concordantLess / Math.sqrt((double) (all - tiesX)) / Math.sqrt((double) (all - tiesY));
  }

  private static double onGrid(double value) {
    return Math.rint(value * GRID) / GRID;
  }

  private static double[] sorted(double[] values) {
    double[] sorted = Arrays.stream(values).map(RankCorrelation::onGrid).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  // The number of smaller values.
  private static int firstOf(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long ties(long[] sorted) {
    long ties = 0;
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[start]) {
        ties += choose2(i - start);
        start = i;
      }
    }
    return ties;
  }

  private static long choose2(long n) {
    return n * (n - 1) / 2;
  }

  // Sorts the range by merging and counts the pairs that were in the wrong order.
  private static long inversions(int[] values, int[] spare, int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    long count = inversions(values, spare, from, middle) + inversions(values, spare, middle, to);
    System.arraycopy(values, from, spare, from, to - from);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      if (left < middle && (right == to || spare[left] <= spare[right])) {
        values[i] = spare[left++];
      } else {
        count += middle - left;
        values[i] = spare[right++];
      }
    }
    return count;
  }
}
