// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.measure;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each transform does what its name says, and nothing else. */
final class SpaceTransformTest {
  private static final FloatMatrix X = gaussian(1, 30, 7);

  private static FloatMatrix identity(int width) {
    float[] values = new float[width * width];
    for (int i = 0; i < width; i++) {
      values[i * width + i] = 1;
    }
    return FloatMatrix.of(width, width, values);
  }

  @ParameterizedTest
  @EnumSource(SpaceTransform.class)
  void theSeedDecides(SpaceTransform transform) {
    assertEquals(transform.apply(X, 3), transform.apply(X, 3));
    assertNotEquals(transform.apply(X, 3), transform.apply(X, 4));
    assertNotEquals(X, transform.apply(X, 3));
  }

  @Test
  void anIsometryIsAnOrthogonalMap() {
    FloatMatrix q = SpaceTransform.ISOMETRY.apply(identity(7), 5);
    assertClose(identity(7), times(q, LinearAlgebra.transpose(q)), 1e-6);
    assertClose(times(X, q), SpaceTransform.ISOMETRY.apply(X, 5), 1e-5);
  }

  // Of the Haar distribution in D dimensions: E q² = 1/D, E q⁴ = 3/(D (D + 2)), and E tr = 0,
  // E tr² = 1 (Diaconis and Shahshahani 1994); half of the maps are reflections.
  @Test
  void isometriesAreHaarDistributed() {
    int draws = 20_000;
    double[] sums = new double[5];
    for (int seed = 0; seed < draws; seed++) {
      FloatMatrix q = SpaceTransform.ISOMETRY.apply(identity(3), seed);
      double last = q.get(2, 2);
      double trace = q.get(0, 0) + q.get(1, 1) + last;
      sums[0] += last * last;
      sums[1] += Math.pow(last, 4);
      sums[2] += trace;
      sums[3] += trace * trace;
      sums[4] += determinant(q) > 0 ? 1 : 0;
    }
    double[] means = Arrays.stream(sums).map(sum -> sum / draws).toArray();
    assertArrayEquals(new double[] {1 / 3., 3 / 15., 0, 1, .5}, means, .03);
  }

  private static double determinant(FloatMatrix q) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      int k = (i + 2) % 3;
      sum +=
          q.get(0, i) * ((double) q.get(1, j) * q.get(2, k) - (double) q.get(1, k) * q.get(2, j));
    }
    return sum;
  }

  @Test
  void aPermutationOnlyMovesValues() {
    FloatMatrix moved = SpaceTransform.PERMUTATION.apply(X, 2);
    for (int i = 0; i < X.rows(); i++) {
      float[] before = X.row(i);
      float[] after = moved.row(i);
      Arrays.sort(before);
      Arrays.sort(after);
      assertArrayEquals(before, after);
    }
  }

  @Test
  void scalingIsByOneNumber() {
    FloatMatrix scaled = SpaceTransform.SCALING.apply(X, 2);
    double factor = scaled.get(0, 0) / (double) X.get(0, 0);
    assertEquals(5, factor, 3);
    for (int i = 0; i < X.rows(); i++) {
      assertEquals(factor * X.get(i, 3), scaled.get(i, 3), 1e-5);
    }
  }

  @Test
  void aTranslationIsAsLongAsTheVectors() {
    FloatMatrix moved = SpaceTransform.TRANSLATION.apply(X, 2);
    double squares = 0;
    for (int d = 0; d < 7; d++) {
      double shift = moved.get(0, d) - X.get(0, d);
      squares += shift * shift;
      assertEquals(shift, moved.get(9, d) - X.get(9, d), 1e-6);
    }
    assertEquals(NormStatistics.of(X).mean(), Math.sqrt(squares), 1e-5);
  }

  @Test
  void aSpaceThatIsTooWideIsNotRotated() {
    FloatMatrix wide = FloatMatrix.of(1, 8193, new float[8193]);
    refused(
        "8193 dimensions; at most 8192",
        Kind.RESOURCES,
        () -> SpaceTransform.ISOMETRY.apply(wide, 0));
  }
}
