// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.identity;
import static io.github.djlstitch.core.Matrices.plusIdentity;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("processor")
final class LinearAlgebraTest {
  @ParameterizedTest
  @CsvSource({"7, 7", "12, 5", "5, 12", "1, 4", "4, 1"})
  void pseudoInverseMeetsMoorePenrose(int rows, int columns) {
    assertMoorePenrose(gaussian(1, rows, columns));
  }

  @Test
  void pseudoInverseOfDependentRowsMeetsMoorePenrose() {
    assertMoorePenrose(times(gaussian(2, 9, 3), gaussian(3, 3, 6)));
    assertMoorePenrose(FloatMatrix.of(2, 3, new float[6]));
  }

  private static void assertMoorePenrose(FloatMatrix a) {
    FloatMatrix p = LinearAlgebra.pseudoInverse(a);
    FloatMatrix ap = times(a, p);
    FloatMatrix pa = times(p, a);
    assertClose(a, times(ap, a), 1e-5);
    assertClose(p, times(pa, p), 1e-5);
    assertClose(ap, transposed(ap), 1e-5);
    assertClose(pa, transposed(pa), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"15, 6, 1", "6, 15, 1", "8, 8, 0.01"})
  void dualFrameIsTheSameFromEitherSide(int rows, int columns, double lambda) {
    FloatMatrix a = gaussian(6, rows, columns);
    FloatMatrix dual = LinearAlgebra.ridgeDual(a, lambda);
    // (A Aᵀ + lambda I) A (AᵀA + lambda I)⁻¹ = A.
    assertClose(a, times(plusIdentity(times(a, transposed(a)), lambda), dual), 2e-5);
  }

  @Test
  void procrustesRecoversAPlantedRotation() {
    FloatMatrix x = gaussian(7, 30, 8);
    FloatMatrix r = rotation(8, 8);
    assertClose(r, LinearAlgebra.procrustes(x, times(x, r)), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"9, 5", "5, 9"})
  void procrustesIsSemiOrthogonalBetweenWidths(int from, int to) {
    FloatMatrix map = LinearAlgebra.procrustes(gaussian(9, 40, from), gaussian(10, 40, to));
    FloatMatrix tall = from > to ? map : transposed(map);
    assertClose(identity(5), times(transposed(tall), tall), 1e-5);
  }

  @Test
  void singularValuesAreThePlantedOnes() {
    FloatMatrix left = rotation(11, 6);
    FloatMatrix right = rotation(12, 4);
    float[] planted = {9, 4, 1, 0};
    FloatMatrix diagonal = Matrices.of(6, 4, (i, j) -> i == j ? planted[i] : 0);
    FloatMatrix a = times(times(left, diagonal), right);
    assertArrayEquals(planted, LinearAlgebra.singularValues(a), 2e-6f);
    assertArrayEquals(planted, LinearAlgebra.singularValues(transposed(a)), 2e-6f);
  }

  @Test
  void transposeSwapsRowsAndColumns() {
    FloatMatrix a = gaussian(13, 3, 5);
    assertEquals(transposed(a), LinearAlgebra.transpose(a));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 7, 5", "2049, 3, 2", "0, 4, 3"})
  void productIsThatOfTheDoubleLoop(int n, int d, int e) {
    FloatMatrix x = gaussian(14, n, d);
    FloatMatrix y = gaussian(15, d, e);
    assertClose(times(x, y), LinearAlgebra.product(x, y), 1e-5);
  }
}
