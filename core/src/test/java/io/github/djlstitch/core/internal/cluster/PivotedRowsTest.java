// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PivotedRowsTest {
  /** Modified Gram-Schmidt on explicit residuals. */
  private static int[] naive(FloatMatrix x, int count) {
    double[][] left =
        IntStream.range(0, x.rows()).mapToObj(i -> doubles(x, i)).toArray(double[][]::new);
    int[] chosen = new int[count];
    for (int n = 0; n < count; n++) {
      int p = 0;
      for (int i = 0; i < left.length; i++) {
        p = dot(left[i], left[i]) > dot(left[p], left[p]) ? i : p;
      }
      chosen[n] = p;
      double[] v = left[p].clone();
      for (double[] row : left) {
        double share = dot(row, v) / dot(v, v);
        for (int j = 0; j < v.length; j++) {
          row[j] -= share * v[j];
        }
      }
    }
    return chosen;
  }

  @Test
  void pivotsAreThoseOfTheDefinition() {
    for (int seed = 0; seed < 4; seed++) {
      FloatMatrix x = gaussian(seed, 120, 15);
      assertArrayEquals(naive(x, 15), PivotedRows.choose(x, 15));
    }
  }

  @Test
  void pivotsAreThoseOfLapack() {
    var golden = GoldenNumbers.of("anchors.json");
    assertArrayEquals(golden.integers("pivots"), PivotedRows.choose(golden.matrix("x", 9), 9));
  }

  @Test
  void neitherOrderNorRotationMattersButScaleDoes() {
    FloatMatrix x = gaussian(5, 80, 12);
    int[] expected = PivotedRows.choose(x, 12);
    assertArrayEquals(expected, PivotedRows.choose(times(x, rotation(2, 12)), 12));
    int[] reversed = PivotedRows.choose(Matrices.of(80, 12, (i, j) -> x.get(79 - i, j)), 12);
    assertArrayEquals(expected, IntStream.of(reversed).map(i -> 79 - i).toArray());
    FloatMatrix longer = Matrices.of(80, 12, (i, j) -> x.get(i, j) * (i == 3 ? 100 : 1));
    assertEquals(3, PivotedRows.choose(longer, 1)[0]);
  }

  @Test
  void moreThanTheRankBeginsAnew() {
    FloatMatrix x = times(gaussian(6, 50, 4), gaussian(7, 4, 10));
    int[] chosen = PivotedRows.choose(x, 50);
    assertEquals(50, IntStream.of(chosen).distinct().count());
    assertArrayEquals(naive(x, 4), java.util.Arrays.copyOf(chosen, 4));
    FloatMatrix same = Matrices.of(6, 3, (i, j) -> 1);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, PivotedRows.choose(same, 6));
  }

  @Test
  void whatCannotBeChosenIsRefused() {
    FloatMatrix x = FloatMatrix.of(3, 2, 1, 0, 0, 0, 0, 2);
    assertArrayEquals(new int[] {2, 0}, PivotedRows.choose(x, 2));
    refused("only 2 rows are not zero", Kind.BAD_INPUT, () -> PivotedRows.choose(x, 3));
    refused("4 pivots cannot", Kind.BAD_INPUT, () -> PivotedRows.choose(x, 4));
    refused("0 pivots cannot", Kind.BAD_INPUT, () -> PivotedRows.choose(x, 0));
    FloatMatrix nan = FloatMatrix.of(2, 1, 1, Float.NaN);
    refused("row 1 has a value", Kind.BAD_INPUT, () -> PivotedRows.choose(nan, 1));
  }
}
