// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.SpaceMeasure.Retrieval;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetrievalTest {
  @Test
  void oneSearchGivesWhatEachMeasureGives() {
    FloatMatrix x = random(700, 1);
    FloatMatrix y = random(700, 2);
    List<Retrieval> found = Retrieval.of(x, y, List.of(10, 5, 1));
    for (Retrieval one : found) {
      assertEquals(SpaceMeasure.of(MeasureKind.JACCARD, one.k()).of(x, y), one.jaccard());
      assertEquals(SpaceMeasure.of(MeasureKind.MRR, one.k()).of(x, y), one.mrr());
      assertEquals(SpaceMeasure.of(MeasureKind.COSINE).of(x, y), one.cosine());
    }
    assertEquals(List.of(10, 5, 1), found.stream().map(Retrieval::k).toList());
  }

  @Test
  void widthsMustAgreeAndSamplesSuffice() {
    FloatMatrix x = random(8, 1);
    assertThrows(
        StitchException.class,
        () -> Retrieval.of(x, FloatMatrix.wrap(8, 3, new float[24]), List.of(2)));
    assertThrows(StitchException.class, () -> Retrieval.of(x, x, List.of(9)));
  }

  private static FloatMatrix random(int rows, long seed) {
    var random = new Random(seed);
    float[] values = new float[rows * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatMatrix.wrap(rows, 6, values);
  }
}
