// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Test;

final class TranslationQualityTest {
  private static final FloatMatrix OWN = gaussian(1, 1500, 5);

  @Test
  void aPerfectTranslationIsFound() {
    var quality = TranslationQuality.of(Matrices.map(OWN, v -> 3 * v), OWN, 0);
    assertEquals(1, quality.cosineMean(), 1e-6);
    assertEquals(0, quality.cosineStd(), 1e-6);
    assertEquals(1, quality.retrievalAt1());
    assertEquals(0, quality.chanceCosine(), .01);
    assertEquals(1. / 200, quality.pValue());
    assertTrue(quality.isAligned());
  }

  @Test
  void figuresAreThoseOfTheDoubleLoop() {
    FloatMatrix own = gaussian(2, 40, 4);
    FloatMatrix noise = gaussian(3, 40, 4);
    FloatMatrix got = Matrices.of(40, 4, (i, j) -> own.get(i, j) + noise.get(i, j));
    var quality = TranslationQuality.of(got, own, 7);
    FloatMatrix cosines =
        Matrices.times(Matrices.unitRows(got), Matrices.transposed(Matrices.unitRows(own)));
    double sum = 0;
    double squares = 0;
    int hits = 0;
    for (int i = 0; i < 40; i++) {
      double own1 = cosines.get(i, i);
      sum += own1;
      squares += own1 * own1;
      boolean best = true;
      for (int j = 0; j < 40; j++) {
        best &= j == i || cosines.get(i, j) < own1;
      }
      hits += best ? 1 : 0;
    }
    assertEquals(sum / 40, quality.cosineMean(), 1e-6);
    assertEquals(Math.sqrt(squares / 40 - sum / 40 * sum / 40), quality.cosineStd(), 1e-6);
    assertEquals(hits / 40., quality.retrievalAt1());
    assertEquals(quality, TranslationQuality.of(got, own, 7));
  }

  @Test
  void aShuffledPairingIsNoAlignment() {
    FloatMatrix shifted = FloatMatrix.concatRows(OWN.rowRange(700, 1500), OWN.rowRange(0, 700));
    var quality = TranslationQuality.of(shifted, OWN, 0);
    assertFalse(quality.isAligned(), quality::toString);
    assertEquals(0, quality.cosineMean(), .05);
    var zero = TranslationQuality.of(Matrices.map(OWN, v -> 0), OWN, 0);
    assertFalse(zero.isAligned(), zero::toString);
  }

  @Test
  void wrongShapesAreRefused() {
    refused("cannot be compared", Kind.BAD_INPUT, () -> of(gaussian(1, 9, 5), gaussian(1, 8, 5)));
    refused("cannot be compared", Kind.BAD_INPUT, () -> of(gaussian(1, 9, 5), gaussian(1, 9, 4)));
    refused(
        "5 samples are too few", Kind.BAD_INPUT, () -> of(OWN.rowRange(0, 5), OWN.rowRange(0, 5)));
  }

  private static void of(FloatMatrix x, FloatMatrix y) {
    TranslationQuality.of(x, y, 0);
  }
}
