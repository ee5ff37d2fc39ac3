// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.meanRow;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.unitRows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnchorDiagnosticsTest {
  private static final FloatMatrix VECTORS =
      Matrices.of(200, 8, (i, j) -> gaussian(3, 200, 8).get(i, j) * (j + 1) + 2);

  private static Anchors first(int count) {
    return new Anchors(Spaces.ids("s", count), "first", 5);
  }

  private static AnchorDiagnostics measure(FloatMatrix vectors, Anchors anchors) {
    return AnchorDiagnostics.of(Spaces.of(vectors), anchors, AnchorDiagnostics.DELTA);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 60})
  void coverageIsThatOfTheDefinition(int count) {
    FloatMatrix unit = unitRows(VECTORS);
    FloatMatrix frame = unitRows(shift(unit, meanRow(unit), -1));
    double[] nearest = new double[200];
    for (int i = 0; i < 200; i++) {
      for (int c = 0; c < count; c++) {
        nearest[i] = Math.max(nearest[i], Math.abs(dot(doubles(frame, i), doubles(frame, c))));
      }
    }
    AnchorDiagnostics found = measure(VECTORS, first(count));
    assertEquals(count, found.count());
    assertEquals(java.util.Arrays.stream(nearest).average().orElseThrow(), found.coverage(), 1e-6);
    assertEquals(
        1 - java.util.Arrays.stream(nearest).min().orElseThrow(), found.coveringRadius(), 1e-6);
    assertEquals(.75, found.delta());
    assertTrue(found.kept() >= 1 && found.kept() <= count);
  }

  // Samples on orthogonal axes in both directions, so that their mean is zero.
  private static FloatMatrix axes(double... lengths) {
    int d = lengths.length;
    return Matrices.of(2 * d, d, (i, j) -> i % d == j ? (i < d ? lengths[j] : -lengths[j]) : 0);
  }

  @Test
  void orthogonalAnchorsArePerfectlyConditioned() {
    AnchorDiagnostics found = measure(axes(1, 2, 3, 4, 5), first(5));
    assertEquals(1, found.coverage(), 1e-6);
    assertEquals(0, found.coveringRadius(), 1e-6);
    assertEquals(5, found.kept());
    assertEquals(1, found.conditionNumber(), 1e-5);
    assertEquals(5, found.effectiveRank(), 1e-5);
    AnchorDiagnostics two = measure(axes(1, 1, 1, 1, 1), first(2));
    assertEquals(.4, two.coverage(), 1e-6);
    assertEquals(1, two.coveringRadius(), 1e-6);
    assertEquals(2, two.effectiveRank(), 1e-5);
  }

  // Two anchors at an angle a have the singular values sqrt(1 + cos a) and sqrt(1 - cos a).
  @Test
  void conditionAndRankOfTwoAnchorsAreKnown() {
    double cosine = .8;
    double sine = .6;
    FloatMatrix x = FloatMatrix.of(4, 2, 1, 0, (float) cosine, (float) sine, -1, 0, -.8f, -.6f);
    AnchorDiagnostics found = measure(x, first(2));
    assertEquals(Math.sqrt(1.8 / .2), found.conditionNumber(), 1e-5);
    double p = Math.sqrt(1.8) / (Math.sqrt(1.8) + Math.sqrt(.2));
    double entropy = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    assertEquals(Math.exp(entropy), found.effectiveRank(), 1e-6);
    assertEquals(1, found.kept());
  }

  @Test
  void dependentAnchorsHaveNoConditionNumber() {
    FloatMatrix twice = Matrices.of(6, 4, (i, j) -> gaussian(1, 3, 4).get(i % 3, j));
    AnchorDiagnostics found = measure(twice, first(4));
    assertEquals(Double.POSITIVE_INFINITY, found.conditionNumber());
    assertTrue(found.effectiveRank() < 3);
  }

  @Test
  void anchorsThatAreTheMeanSpanNothing() {
    FloatMatrix x = FloatMatrix.of(3, 2, 1, 0, -1, 0, 0, 0);
    AnchorDiagnostics found = measure(x, new Anchors(List.of("s2"), "mine", 0));
    assertEquals(0, found.coverage());
    assertEquals(1, found.coveringRadius());
    assertEquals(0, found.kept());
    assertEquals(Double.POSITIVE_INFINITY, found.conditionNumber());
    assertEquals(0, found.effectiveRank());
  }

  @Test
  void rotationAndScaleDoNotMatterAndOffsetsDo() {
    AnchorDiagnostics expected = measure(VECTORS, first(20));
    FloatMatrix turned = times(VECTORS, rotation(2, 8));
    AnchorDiagnostics found = measure(Matrices.map(turned, v -> 7 * v), first(20));
    assertEquals(expected.coverage(), found.coverage(), 1e-5);
    assertEquals(expected.kept(), found.kept());
    assertEquals(expected.conditionNumber(), found.conditionNumber(), 1e-3);
    assertEquals(expected.effectiveRank(), found.effectiveRank(), 1e-4);
    AnchorDiagnostics moved = measure(Matrices.map(VECTORS, v -> v + 9), first(20));
    assertTrue(Math.abs(expected.coverage() - moved.coverage()) > 1e-3);
  }

  @Test
  void keptAnchorsAreThoseOfPruningAndAreFewerTheFartherApart() {
    int[] kept =
        IntStream.of(3, 5, 7, 9)
            .map(d -> AnchorDiagnostics.of(Spaces.of(VECTORS), first(60), d / 10.0).kept())
            .toArray();
    for (int i = 1; i < kept.length; i++) {
      assertTrue(kept[i] < kept[i - 1], kept[i - 1] + " then " + kept[i]);
    }
  }
}
