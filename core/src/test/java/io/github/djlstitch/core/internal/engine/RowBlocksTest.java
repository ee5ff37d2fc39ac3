// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowBlocksTest {
  private static final int B = RowBlocks.ROWS;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, B - 1, B, B + 1, 2 * B, 2 * B + 3})
  void rowsKeepTheirPlaceAcrossBorders(int rows) {
    FloatMatrix x = Matrices.of(rows, 3, (i, j) -> 3 * i + j);
    FloatMatrix expected = Matrices.of(rows, 1, (i, j) -> 9 * i + 3);
    assertEquals(expected, RowBlocks.map(x, 1, block -> block.sum(new int[] {1}, true)));
    assertEquals(x, RowBlocks.map(x, 3, block -> block));
  }

  @Test
  void noBlockIsLargerThanTheLimit() {
    List<Long> heights = new ArrayList<>();
    RowBlocks.map(
        Matrices.gaussian(1, 2 * B + 3, 2),
        2,
        block -> {
          heights.add(block.getShape().get(0));
          return block;
        });
    assertEquals(List.of((long) B, (long) B, 3L), heights);
    assertTrue(B >= 1024);
  }
}
