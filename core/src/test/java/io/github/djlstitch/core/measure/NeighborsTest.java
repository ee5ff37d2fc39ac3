// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.gaussian;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.internal.measure.RowCosines;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a search that computes and sorts all cosines. */
@Tag("processor")
final class NeighborsTest {
  private static final int K = 7;
  private static final int ROWS = 2100; // more than one block
  private static final FloatMatrix BASE = gaussian(1, ROWS, 40);

  @Test
  void amongTheOtherRows() {
    same(Neighbors.within(BASE, K), BASE, BASE, true);
  }

  @Test
  void inABase() {
    FloatMatrix queries = gaussian(2, 130, 40);
    same(Neighbors.of(queries, BASE, K), queries, BASE, false);
  }

  @Test
  void closerTogetherThanFloat32CanTell() {
    FloatMatrix close = Matrices.map(BASE, v -> 1 + 1e-4 * v);
    same(Neighbors.within(close, K), close, close, true);
  }

  @Test
  void ofCopiesTheFirst() {
    FloatMatrix copies = Matrices.of(ROWS, 40, (i, j) -> BASE.get(i % 3, j));
    same(Neighbors.within(copies, K), copies, copies, true);
  }

  @Test
  void ofSomeCopiesTheFirst() {
    FloatMatrix copies = Matrices.of(ROWS, 40, (i, j) -> BASE.get(i % 200, j));
    same(Neighbors.within(copies, K), copies, copies, true);
  }

  @Test
  void zerosAreAtRightAnglesToAll() {
    FloatMatrix some = Matrices.of(ROWS, 40, (i, j) -> i % 5 == 0 ? 0 : BASE.get(i, j));
    same(Neighbors.within(some, K), some, some, true);
  }

  private static void same(Neighbors found, FloatMatrix queries, FloatMatrix base, boolean others) {
    assertEquals(queries.rows(), found.rows().length);
    for (int i = 0; i < queries.rows(); i += 13) { // some of each block
      int query = i;
      float[] cosines = new float[base.rows()];
      for (int j = 0; j < cosines.length; j++) {
        cosines[j] = (float) RowCosines.of(queries.row(i), base.row(j));
      }
      int[] nearest =
          IntStream.range(0, cosines.length)
              .filter(j -> !others || j != query)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> -cosines[j])) // stable
              .limit(K)
              .mapToInt(j -> j)
              .toArray();
      assertArrayEquals(nearest, found.rows()[i], "neighbors of " + i);
      for (int c = 0; c < K; c++) {
        assertEquals(cosines[nearest[c]], found.cosines()[i][c], "cosine of " + i);
      }
    }
  }
}
