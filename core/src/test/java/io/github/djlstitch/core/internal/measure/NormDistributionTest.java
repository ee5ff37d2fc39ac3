// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NormDistributionTest {
  @Test
  void momentsOfKnownNorms() {
    // Norms 1, 2, 2, 7: mean 3, squares 16 + 4 + 1 + 1, cubes 64 - 8 - 1 - 1, fourths 256 + 18.
    var found = NormDistribution.of(FloatMatrix.of(4, 1, 1, -2, 2, 7));
    double std = Math.sqrt(22 / 4.0);
    assertEquals(3, found.mean(), 1e-12);
    assertEquals(std, found.std(), 1e-12);
    assertEquals(54 / 4.0 / Math.pow(std, 3), found.skewness(), 1e-12);
    assertEquals(274 / 4.0 / Math.pow(std, 4) - 3, found.excessKurtosis(), 1e-12);
    assertEquals(0, found.beyondThree());
  }

  @Test
  void normalNormsHaveNoSkewAndFewOutliers() {
    var random = new Random(5);
    float[] values = new float[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (10 + random.nextGaussian());
    }
    var found = NormDistribution.of(FloatMatrix.wrap(values.length, 1, values));
    assertEquals(0, found.skewness(), .06);
    assertEquals(0, found.excessKurtosis(), .12);
    assertEquals(.0027, found.beyondThree(), .0015);
  }

  @Test
  void equalNormsHaveNoShape() {
    var found = NormDistribution.of(FloatMatrix.of(2, 2, 3, 4, 5, 0));
    assertEquals(new NormDistribution(5, 0, 0, 0, 0), found);
  }

  @Test
  void nothingAndInfinityAreRefused() {
    assertThrows(
        StitchException.class, () -> NormDistribution.of(FloatMatrix.wrap(0, 1, new float[0])));
    assertThrows(
        StitchException.class,
        () -> NormDistribution.of(FloatMatrix.of(1, 1, Float.POSITIVE_INFINITY)));
  }
}
