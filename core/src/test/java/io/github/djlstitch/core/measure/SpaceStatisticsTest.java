// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Test;

final class SpaceStatisticsTest {
  @Test
  void normsAreThoseOfTheRows() {
    var statistics = SpaceStatistics.of(FloatMatrix.of(3, 2, 3, 4, 0, 0, 0, 1));
    assertEquals(2, statistics.normMean(), 1e-12);
    assertEquals(Math.sqrt((9 + 4 + 1) / 3.0), statistics.normStd(), 1e-12);
    assertEquals(0, statistics.normMin());
    assertEquals(5, statistics.normMax());
    assertEquals(Math.sqrt(14 / 3.0) / 2, statistics.normVariation(), 1e-12);
  }

  @Test
  void theEffectiveRankOfEqualVariancesIsTheirNumber() {
    FloatMatrix q = rotation(1, 8); // its rows plus and minus have mean 0 and equal variances
    FloatMatrix balanced = Matrices.of(16, 8, (i, j) -> i < 8 ? q.get(i, j) : -q.get(i - 8, j));
    assertEquals(8, SpaceStatistics.of(balanced).effectiveRank(), 1e-5);
    FloatMatrix line = times(gaussian(2, 30, 1), gaussian(3, 1, 8));
    assertEquals(1, SpaceStatistics.of(line).effectiveRank(), 1e-4);
  }

  @Test
  void constantAndZeroSpacesAreDefined() {
    var constant = SpaceStatistics.of(Matrices.of(5, 3, (i, j) -> .1));
    assertEquals(0, constant.effectiveRank());
    assertEquals(0, constant.normVariation(), 1e-12);
    assertEquals(0, SpaceStatistics.of(Matrices.of(5, 3, (i, j) -> 0)).normVariation());
    assertEquals(0, SpaceStatistics.of(FloatMatrix.of(1, 2, 3, 4)).effectiveRank());
  }

  @Test
  void noVectorsAndNoNumbersAreRefused() {
    FloatMatrix none = FloatMatrix.of(0, 3);
    refused("at least 1 vector", Kind.BAD_INPUT, () -> SpaceStatistics.of(none));
    FloatMatrix hole = FloatMatrix.of(1, 1, Float.NaN);
    refused("finite values", Kind.BAD_INPUT, () -> SpaceStatistics.of(hole));
  }
}
