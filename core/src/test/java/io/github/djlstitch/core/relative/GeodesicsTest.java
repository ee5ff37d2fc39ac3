// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distances along a curve, where they are known. */
@Tag("processor")
final class GeodesicsTest {
  private static final Similarity POSITIVE = Similarity.named("geodesic", 2).positive();

  // Three quarters of a circle of radius 1, n points.
  private static FloatMatrix arc(int n) {
    return Matrices.of(
        n,
        2,
        (i, j) ->
            j == 0 ? Math.cos(i * 1.5 * Math.PI / (n - 1)) : Math.sin(i * 1.5 * Math.PI / (n - 1)));
  }

  @Test
  void lengthsAlongAnArcAreThoseOfTheArc() {
    FloatMatrix data = arc(401);
    FloatMatrix ends = data.select(new int[] {0, 400});
    var projection = new AnchoredSpace(ends, data).projection(POSITIVE, Centering.NONE);
    // Between its ends the arc is the mean; without data there is only the chord.
    FloatMatrix middle = projection.apply(data.select(new int[] {100, 200}));
    assertEquals(.25, middle.get(0, 0), 1e-3);
    assertEquals(.75, middle.get(0, 1), 1e-3);
    assertEquals(.5, middle.get(1, 0), 1e-3);
    assertEquals(1, projection.numbers().get(Diagnostics.GRAPH_PARTS));
    FloatMatrix chord =
        RelativeProjection.onto(ends, POSITIVE, Centering.NONE).apply(data.select(new int[] {200}));
    assertEquals(2 * Math.sin(.375 * Math.PI) / Math.sqrt(2), chord.get(0, 0), 1e-5);
  }

  @Test
  void partsAreJoinedByTheShortestEdgeAndCounted() {
    // On a line: 0 1 2, 10 11 12 and 30 31 32, each joined to one neighbor or two.
    FloatMatrix line = FloatMatrix.of(9, 1, 0, 1, 2, 10, 11, 12, 30, 31, 32);
    FloatMatrix ends = line.select(new int[] {0, 8});
    var projection = new AnchoredSpace(ends, line).projection(POSITIVE, Centering.NONE);
    assertEquals(3, projection.numbers().get(Diagnostics.GRAPH_PARTS));
    FloatMatrix found = projection.apply(FloatMatrix.of(2, 1, 11, -4));
    assertEquals(11 / 32f, found.get(0, 0), 1e-6);
    assertEquals(21 / 32f, found.get(0, 1), 1e-6);
    assertEquals(4 / 32f, found.get(1, 0), 1e-6);
    assertEquals(36 / 32f, found.get(1, 1), 1e-6);
  }

  @Test
  void muchDataIsSampledEvenlyAndAnchorsCountOnce() {
    FloatMatrix data = arc(100_001);
    assertEquals(Geodesics.MOST_SAMPLES, Geodesics.samples(data).rows());
    FloatMatrix ends = data.select(new int[] {0, 100_000});
    var graph = Geodesics.of(ends, Geodesics.samples(data), 2);
    assertEquals(Geodesics.MOST_SAMPLES + 1, graph.nodes().rows());
    assertEquals(1.5 * Math.PI, graph.mean(), 1e-3);
    assertEquals(1, graph.parts());
    FloatMatrix few = data.rowRange(0, 7);
    assertEquals(few, Geodesics.samples(few));
  }

  @Test
  void anchorsOfAnotherBatchAreStillAmongTheSamples() {
    FloatMatrix data = gaussian(4, 300, 384);
    FloatMatrix again = map(data.rowRange(0, 40), v -> v * (1 + 1e-6));
    var graph = Geodesics.of(again, data, 5);
    assertEquals(300, graph.nodes().rows());
    assertClose(Geodesics.of(data.rowRange(0, 40), data, 5).paths(), graph.paths(), 1e-3);
  }

  @Test
  void anchorsAtOnePlaceAndOneAnchorKeepTheScaleOfTheSpace() {
    FloatMatrix x = FloatMatrix.of(1, 2, 3, 4);
    for (int count = 1; count <= 3; count++) {
      var same =
          RelativeProjection.onto(
              FloatMatrix.of(count, 2, new float[2 * count]), POSITIVE, Centering.NONE);
      assertEquals(5, same.apply(x).get(0, 0), 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1.5, 257, -2, Double.NaN})
  void neighborsAreAWholeNumber(double neighbors) {
    refused("from 1 to 256", Kind.USAGE, () -> Similarity.named("geodesic", neighbors));
  }

  @Test
  void moreAnchorsThanPathsAreKeptForAreRefused() {
    FloatMatrix many = gaussian(1, 4097, 1);
    refused(
        "at most 4096",
        Kind.RESOURCES,
        () -> RelativeProjection.onto(many, POSITIVE, Centering.NONE));
  }

  @Test
  void whoseDataCountSaysSo() {
    for (Similarity.Kind kind : Similarity.Kind.values()) {
      FloatMatrix anchors = gaussian(2, 6, 4);
      var similarity =
          kind == Similarity.Kind.MINKOWSKI
              ? new Similarity(kind, 3)
              : Similarity.named(kind.id(), kind == Similarity.Kind.MAHALANOBIS ? .5 : 2);
      FloatMatrix x = gaussian(3, 5, 4);
      FloatMatrix few =
          new AnchoredSpace(anchors, anchors).projection(similarity, Centering.NONE).apply(x);
      FloatMatrix more =
          new AnchoredSpace(anchors, gaussian(4, 60, 4))
              .projection(similarity, Centering.NONE)
              .apply(x);
      assertTrue(kind.readsData() != few.equals(more), kind.id());
    }
  }
}
