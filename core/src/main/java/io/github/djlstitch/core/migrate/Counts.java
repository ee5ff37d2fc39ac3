// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

/** Exact statistics of counts. */
final class Counts {
  private static final double SMALLEST = 1e-18; // of a sum that is at most 1
  private static final int BISECTIONS = 60;
  private static final int STIRLING_FROM = 10;

  private Counts() {}

  /**
   * The two-sided interval of a share of which k of n were seen (Clopper and Pearson 1934), {low,
   * high}.
   *
   * @param confidence of the interval, for example 0.95
   */
  static double[] interval(long k, long n, double confidence) {
    double tail = (1 - confidence) / 2;
    double low = k == 0 ? 0 : bisected(p -> 1 - atMost(k - 1, n, p) < tail);
    double high = k == n ? 1 : bisected(p -> atMost(k, n, p) > tail);
    return new double[] {low, high};
  }

  /**
   * The probability that at least k of n rows of one group are marked, if k + c of the n + m rows
   * of both groups are and the groups are alike (Fisher's exact test, one-sided).
   */
  static double atLeast(long k, long n, long c, long m) {
    long marked = k + c;
    double sum = 0;
    for (long i = k; i <= Math.min(marked, n); i++) {
      double term = Math.exp(logChoose(n, i) + logChoose(m, marked - i) - logChoose(n + m, marked));
      sum += term;
      if (term < SMALLEST * Math.max(sum, Double.MIN_NORMAL) && i > expected(marked, n, m)) {
        break; // beyond the most likely count the terms only fall
      }
    }
    return Math.min(1, sum);
  }

  private static double expected(long marked, long n, long m) {
    return (double) marked * n / (n + m);
  }

  // The binomial distribution function; terms are summed from the largest down.
  private static double atMost(long k, long n, double p) {
    if (k > n * p) {
      return 1 - tail(k + 1, n, p, 1);
    }
    return tail(k, n, p, -1);
  }

  private static double tail(long from, long n, double p, int step) {
    double sum = 0;
    for (long i = from; i >= 0 && i <= n; i += step) {
      double term = Math.exp(logChoose(n, i) + i * Math.log(p) + (n - i) * Math.log1p(-p));
      sum += term;
      if (term < SMALLEST * Math.max(sum, Double.MIN_NORMAL)) {
        break;
      }
    }
    return Math.min(1, sum);
  }

  private interface Below {
    boolean test(double p);
  }

  private static double bisected(Below below) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      boolean left = below.test(middle);
      low = left ? middle : low;
      high = left ? high : middle;
    }
    return (low + high) / 2;
  }

  private static double logChoose(long n, long k) {
    return k < 0 || k > n
        ? Double.NEGATIVE_INFINITY
        : logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  }

  // Stirling's series, whose next term is below 1e-12 from ten on.
  private static double logFactorial(long n) {
    double shift = 0;
    double x = n + 1.0;
    while (x < STIRLING_FROM) {
      shift += Math.log(x);
      x++;
    }
    double inverse = 1 / (x * x);
    double series =
        (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x;
    return (x - .5) * Math.log(x) - x + .5 * Math.log(2 * Math.PI) + series - shift;
  }
}
