// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All k at once are the measures one by one, which are compared with NumPy elsewhere. */
final class RetrievalTest {
  private final FloatMatrix x = Matrices.gaussian(1, 60, 5);
  private final FloatMatrix y = Matrices.gaussian(2, 60, 5);

  @Test
  void equalsTheMeasuresOfEachNumberOfNeighbours() {
    for (Retrieval found : Retrieval.of(x, y, List.of(10, 1, 5, 60))) {
      int k = found.neighbours();
      assertEquals(SpaceMeasure.of(MeasureKind.JACCARD, k).of(x, y), found.jaccard());
      assertEquals(SpaceMeasure.of(MeasureKind.MRR, k).of(x, y), found.mrr());
    }
    assertEquals(List.of(new Retrieval(3, 1, 1)), Retrieval.of(x, x, List.of(3)));
  }

  @Test
  void nearestComeFirst() {
    FloatMatrix base = FloatMatrix.of(4, 2, 1, 0, 0, 1, 2, 0, 1, 1);
    FloatMatrix query = FloatMatrix.of(1, 2, 3, 1);
    assertArrayEquals(new int[][] {{0, 2, 3, 1}}, Retrieval.nearest(query, base, 4));
  }

  @Test
  void whatCannotBeSearchedIsRefused() {
    FloatMatrix narrow = Matrices.gaussian(1, 60, 4);
    assertThrows(StitchException.class, () -> Retrieval.of(x, y, List.of()));
    assertThrows(StitchException.class, () -> Retrieval.of(x, y, List.of(5, 61)));
    assertThrows(StitchException.class, () -> Retrieval.of(x, narrow, List.of(5)));
    assertThrows(StitchException.class, () -> Retrieval.nearest(x, y, 61));
    assertThrows(StitchException.class, () -> Retrieval.nearest(x, y, 0));
    assertThrows(StitchException.class, () -> Retrieval.nearest(narrow, y, 1));
  }
}
