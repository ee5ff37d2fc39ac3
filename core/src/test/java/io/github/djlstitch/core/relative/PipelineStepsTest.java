// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Draws of anchors and output norms, alone. */
final class PipelineStepsTest {
  private static final List<Integer> CLASSES = List.of(1, 0, 1, 1, 0, 2);

  @Test
  void uniformDrawsAreDifferentAnchorsInOrder() {
    var draw = AnchorDraw.uniform(4, 7);
    int[] seen = new int[10];
    for (int step = 0; step < 500; step++) {
      int[] drawn = draw.at(step, 10);
      assertArrayEquals(Arrays.stream(drawn).distinct().sorted().toArray(), drawn);
      assertEquals(4, drawn.length);
      assertArrayEquals(drawn, AnchorDraw.uniform(4, 7).at(step, 10));
      IntStream.of(drawn).forEach(i -> seen[i]++);
    }
    // 200 expected; the standard deviation is 11.
    assertTrue(IntStream.of(seen).allMatch(n -> n > 140 && n < 260), Arrays.toString(seen));
  }

  @Test
  void stratifiedDrawsAreSortedByClass() {
    var draw = AnchorDraw.stratified(3, CLASSES, 1);
    assertEquals(9, draw.size());
    boolean[] seen = new boolean[6];
    for (int step = 0; step < 50; step++) {
      int[] drawn = draw.at(step, 6);
      int[] labels = IntStream.of(drawn).map(CLASSES::get).toArray();
      assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 2}, labels);
      IntStream.of(drawn).forEach(i -> seen[i] = true);
    }
    for (boolean one : seen) {
      assertTrue(one);
    }
  }

  @Test
  void drawsThatCannotBeMadeAreRefused() {
    refused("expected at least 1", Kind.USAGE, () -> AnchorDraw.uniform(0, 1));
    refused("out of 5 anchors", Kind.BAD_INPUT, () -> AnchorDraw.uniform(5, 1).at(0, 4));
    var strata = AnchorDraw.stratified(1, CLASSES, 1);
    refused("does not go with 4 anchors", Kind.BAD_INPUT, () -> strata.at(0, 4));
    refused(
        "no anchor of class 0", Kind.BAD_INPUT, () -> AnchorDraw.stratified(1, List.of(1, 2), 1));
    refused(
        "classes count from 0", Kind.BAD_INPUT, () -> AnchorDraw.stratified(1, List.of(-1, 0), 1));
  }

  @Test
  void classesAndGroupsGoTogether() {
    refused("2 groups a class", Kind.USAGE, () -> new Aggregation(List.of(), 2));
    refused("0 groups a class", Kind.USAGE, () -> new Aggregation(CLASSES, 0));
    refused("class 2 has 1 anchors", Kind.BAD_INPUT, () -> new Aggregation(CLASSES, 2));
    refused("class 0 has 0 anchors", Kind.BAD_INPUT, () -> Aggregation.byClass(List.of(1, 1)));
    refused("class -1", Kind.BAD_INPUT, () -> Aggregation.byClass(List.of(0, -1)));
  }

  @Test
  void normsAreTheirFormulas() {
    FloatMatrix r = Matrices.shift(gaussian(1, 9, 5), gaussian(2, 1, 5), 3);
    assertClose(Matrices.unitRows(r), OutputNorm.L2.apply(r), 1e-6);
    assertClose(byRow(r), OutputNorm.LAYER.apply(r), 2e-6);
    FloatMatrix columns = Matrices.transposed(byRow(Matrices.transposed(r)));
    assertClose(columns, OutputNorm.INSTANCE.apply(r), 2e-6);
    assertClose(columns, OutputNorm.BATCH.apply(r), 2e-6);
    assertEquals(r, OutputNorm.NONE.apply(r));
  }

  static FloatMatrix byRow(FloatMatrix r) {
    return Matrices.of(
        r.rows(),
        r.columns(),
        (i, j) -> {
          double[] row = Matrices.doubles(r, i);
          double mean = DoubleStream.of(row).average().orElseThrow();
          double variance =
              DoubleStream.of(row).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
          return (row[j] - mean) / Math.sqrt(variance + 1e-5);
        });
  }

  @Test
  void rowsWithoutSpreadBecomeZero() {
    FloatMatrix flat = FloatMatrix.of(2, 3, 0, 0, 0, 4, 4, 4);
    assertEquals(0, OutputNorm.L2.apply(flat).get(0, 0));
    assertClose(FloatMatrix.of(2, 3, new float[6]), OutputNorm.LAYER.apply(flat), 0);
    FloatMatrix one = FloatMatrix.of(1, 3, 1, 2, 3);
    refused("needs at least 2", Kind.BAD_INPUT, () -> OutputNorm.INSTANCE.apply(one));
    refused("needs at least 2", Kind.BAD_INPUT, () -> OutputNorm.BATCH.apply(one));
    assertEquals(FloatMatrix.of(0, 3), OutputNorm.INSTANCE.apply(FloatMatrix.of(0, 3)));
  }
}
