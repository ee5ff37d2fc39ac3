// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Exact statistics against SciPy ({@code migrate.py}). */
final class CountsTest {
  @Test
  void intervalsAreThoseOfSciPy() {
    assertInterval(0, 10, 0.0, 0.308497);
    assertInterval(3, 100, 0.00623, 0.085176);
    assertInterval(14, 1398, 0.005485, 0.016745);
    assertInterval(1000, 1000, 0.996318, 1.0);
    assertInterval(50_000, 1_000_000, 0.049574, 0.050429);
  }

  private static void assertInterval(long k, long n, double low, double high) {
    double[] found = Counts.interval(k, n, .95);
    assertEquals(low, found[0], 1e-6);
    assertEquals(high, found[1], 1e-6);
  }

  @Test
  void tailsAreThoseOfSciPy() {
    assertEquals(6.498343e-03, Counts.atLeast(4, 398, 0, 1000), 1e-8);
    assertEquals(5.097564e-04, Counts.atLeast(14, 1398, 0, 1000), 1e-9);
    assertEquals(8.877672e-03, Counts.atLeast(33, 2204, 5, 1000), 1e-8);
    assertEquals(6.006775e-01, Counts.atLeast(7, 3000, 2, 1000), 1e-6);
    assertEquals(0, Counts.atLeast(600_000, 1_000_000, 10, 1000), 1e-12);
    assertEquals(1, Counts.atLeast(0, 500, 3, 1000), 1e-9);
  }
}
