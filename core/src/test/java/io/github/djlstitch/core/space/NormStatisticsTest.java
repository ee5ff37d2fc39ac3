// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class NormStatisticsTest {
  @Test
  void meanAndSpreadAreThoseOfTheNorms() {
    FloatMatrix x = FloatMatrix.of(3, 2, 3, 4, 0, 0, 0, 1);
    assertArrayEquals(new double[] {5, 0, 1}, NormStatistics.norms(x));
    var found = NormStatistics.of(x);
    assertEquals(2, found.mean());
    assertEquals(Math.sqrt(14. / 3), found.std(), 1e-15);
    assertEquals(found, NormStatistics.of(new double[] {5, 0, 1}));
  }

  // Half of the norms are 2^24 - 2 and half 2^24 - 1: the squares take 48 of a double's 53 bits, so
  // their sum over 20,000 rows is rounded by more than the variance, which is a quarter.
  @Test
  void aSmallSpreadOfLargeNormsIsExact() {
    FloatMatrix x = Matrices.of(20_000, 1, (i, j) -> 16_777_214 + i % 2);
    var found = NormStatistics.of(x);
    assertEquals(16_777_214.5, found.mean());
    assertEquals(.5, found.std());

    double[] norms = NormStatistics.norms(x);
    double meanSquare = Arrays.stream(norms).map(v -> v * v).reduce(0, Double::sum) / norms.length;
    double variance = meanSquare - found.mean() * found.mean();
    assertTrue(Math.abs(variance - .25) > .2, "the difference of squares gives " + variance);
  }

  @Test
  void equalNormsHaveNoSpread() {
    var found = NormStatistics.of(Matrices.of(1024, 1, (i, j) -> .1));
    assertEquals(.1f, found.mean());
    assertEquals(0, found.std());
  }
}
