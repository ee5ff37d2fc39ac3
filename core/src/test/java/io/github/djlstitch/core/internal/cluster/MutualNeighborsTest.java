// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.cluster;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("processor")
final class MutualNeighborsTest {
  private static int nearest(FloatMatrix from, int i, FloatMatrix to) {
    int best = 0;
    for (int j = 1; j < to.rows(); j++) {
      best = cosine(from, i, to, j) > cosine(from, i, to, best) ? j : best;
    }
    return best;
  }

  private static double cosine(FloatMatrix x, int i, FloatMatrix y, int j) {
    return dot(doubles(x, i), doubles(y, j));
  }

  // 1,100 rows are more than a block.
  @ParameterizedTest
  @CsvSource({"40, 60, 5", "60, 40, 5", "1100, 70, 4", "1, 1, 3"})
  void pairsAreThoseOfTheDefinition(int rows, int others, int width) {
    FloatMatrix x = unitRows(gaussian(1, rows, width));
    FloatMatrix y = unitRows(gaussian(2, others, width));
    List<MutualNeighbors.Pair> found = MutualNeighbors.of(x, y).pairs();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int j = nearest(x, i, y);
      if (nearest(y, j, x) == i) {
        expected.add(i + " " + j);
      }
    }
    assertEquals(expected, found.stream().map(p -> p.first() + " " + p.second()).toList());
    found.forEach(p -> assertEquals(cosine(x, p.first(), y, p.second()), p.similarity(), 1e-6));
    assertFalse(found.isEmpty());
  }

  @Test
  void lengthsDoNotMatterAndZeroRowsAreNearNothing() {
    FloatMatrix x = gaussian(3, 30, 4);
    FloatMatrix scaled = Matrices.of(30, 4, (i, j) -> i == 7 ? 0 : x.get(i, j) * (i + 1));
    var pairs = MutualNeighbors.of(x, scaled).pairs();
    assertEquals(29, pairs.stream().filter(p -> p.first() == p.second()).count());
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    FloatMatrix x = gaussian(3, 3, 4);
    refused(
        "FloatMatrix(3, 4) and of FloatMatrix(3, 5) cannot be compared",
        Kind.BAD_INPUT,
        () -> MutualNeighbors.of(x, gaussian(3, 3, 5)));
    refused("cannot be compared", () -> MutualNeighbors.of(x, x.rowRange(0, 0)));
  }
}
