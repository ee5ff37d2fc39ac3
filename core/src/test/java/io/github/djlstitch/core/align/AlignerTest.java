// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.identity;
import static io.github.djlstitch.core.Matrices.plusIdentity;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.solve;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.transposed;
import static io.github.djlstitch.core.Refusal.refused;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AlignerTest {
  @Test
  void procrustesFindsThePlantedRotation() {
    FloatMatrix x = gaussian(1, 30, 6);
    FloatMatrix r = rotation(2, 6);
    FloatMatrix later = gaussian(3, 9, 6);
    var alignment = Aligner.PROCRUSTES.fit(x, times(x, r), 0);
    assertClose(times(later, r), alignment.apply(later), 1e-5);
  }

  @Test
  void procrustesKeepsLengthsWhenTheTargetIsWider() {
    FloatMatrix map = Aligner.PROCRUSTES.fit(gaussian(4, 30, 5), gaussian(5, 30, 8), 0).map();
    assertClose(identity(5), times(map, transposed(map)), 1e-5);
  }

  @Test
  void ridgeSolvesItsNormalEquations() {
    FloatMatrix x = gaussian(6, 30, 5);
    FloatMatrix y = gaussian(7, 30, 8);
    FloatMatrix gram = plusIdentity(times(transposed(x), x), 2);
    FloatMatrix expected = solve(gram, times(transposed(x), y));
    assertClose(expected, Aligner.RIDGE.fit(x, y, 2).map(), 1e-6);
  }

  @ParameterizedTest
  @EnumSource(Aligner.class)
  void unequalAnchorsAreRefused(Aligner aligner) {
    refused(
        "the same anchors in both spaces but got 4 and 5",
        Kind.BAD_INPUT,
        () -> aligner.fit(gaussian(8, 4, 3), gaussian(9, 5, 3), 1));
  }
}
