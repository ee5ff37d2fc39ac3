// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Similarities and the parameters they choose, against SciPy and scikit-learn. */
final class SimilarityGoldenTest {
  private static final GoldenFile GOLDEN = GoldenFile.named("similarities.json");
  private static final FloatMatrix X = GOLDEN.matrix("x");
  private static final AnchoredSpace SPACE =
      new AnchoredSpace(GOLDEN.matrix("anchors"), GOLDEN.matrix("data"));

  @ParameterizedTest
  @CsvSource({
    "euclidean, 0, euclidean",
    "manhattan, 0, manhattan",
    "chebyshev, 0, chebyshev",
    "minkowski, 1, manhattan",
    "minkowski, 1.5, minkowski 1.5",
    "minkowski, 2, euclidean",
    "minkowski, 40, minkowski 40",
    "mahalanobis, 0, mahalanobis 0",
    "mahalanobis, -1, mahalanobis auto",
    "geodesic, 1, geodesic 1",
    "geodesic, 3, geodesic 3",
    "geodesic, -1, geodesic auto",
    "rbf, 0.05, rbf 0.05",
    "rbf, -1, rbf auto",
    "angular, 0, angular",
    "scaled-inner, 0, scaled-inner",
    "basis-change, 0, basis-change",
    "coordinates, 0.3, coordinates 0.3"
  })
  void equalsThePythonValue(String kind, double parameter, String key) {
    Similarity similarity = Similarity.named(kind, parameter);
    FloatMatrix expected = GOLDEN.matrix(key);
    // Rounding of float32 relative to values of up to 30.
    assertClose(expected, SPACE.projection(similarity.positive(), Centering.NONE).apply(X), 1e-5);
    double sign = similarity.kind().distance() ? -1 : 1;
    assertClose(
        Matrices.map(expected, v -> sign * v),
        SPACE.projection(similarity, Centering.NONE).apply(X),
        1e-5);
  }

  @Test
  void basisChangeOnFewAnchorsIsLeastSquares() {
    var projection =
        RelativeProjection.onto(
            GOLDEN.matrix("few"), Similarity.of(Similarity.Kind.BASIS_CHANGE), Centering.NONE);
    assertClose(GOLDEN.matrix("basis-change few"), projection.apply(X), 1e-5);
  }

  @Test
  void geodesicsOfAnchorsAloneAndPartsOfTheGraphAreThoseOfSciPy() {
    var alone =
        RelativeProjection.onto(
            GOLDEN.matrix("anchors"), Similarity.named("geodesic", 2).positive(), Centering.NONE);
    assertClose(GOLDEN.matrix("geodesic 2, anchors alone"), alone.apply(X), 1e-5);
    int[] neighbors = {1, 3, 10};
    for (int i = 0; i < neighbors.length; i++) {
      var found = SPACE.projection(Similarity.named("geodesic", neighbors[i]), Centering.ANCHORS);
      double parts = found.numbers().getOrDefault(Diagnostics.GRAPH_PARTS, 0.0);
      assertEquals(GOLDEN.matrix("geodesic parts").get(0, i), parts);
    }
  }

  @Test
  void shrinkageIsThatOfLedoitAndWolf() {
    var chosen = SPACE.projection(Similarity.named("mahalanobis", Similarity.AUTO), Centering.DATA);
    double expected = GOLDEN.matrix("shrinkage").get(0, 0);
    assertEquals(expected, chosen.similarity().parameter(), 1e-6);
  }

  @Test
  void leaveOneOutEqualsBruteForce() {
    FloatMatrix expected = GOLDEN.matrix("leave one out");
    String[] keys = {"anchors", "few"};
    for (int k = 0; k < 2; k++) {
      FloatMatrix anchors = unitRows(GOLDEN.matrix(keys[k]));
      double[] scores = LeaveOneOut.scores(anchors);
      int best = 0;
      for (int i = 0; i < scores.length; i++) {
        assertEquals(expected.get(k, i), scores[i], 1e-4 * Math.abs(scores[i]));
        best = expected.get(k, i) < expected.get(k, best) ? i : best;
      }
      assertEquals(LeaveOneOut.grid()[best], LeaveOneOut.lambda(anchors));
    }
  }

  @Test
  void lambdaThatIsChosenIsReportedAndUsed() {
    FloatMatrix anchors = gaussian(1, 40, 8);
    var auto =
        RelativeProjection.onto(
            anchors, Similarity.coordinates(Similarity.AUTO), Centering.ANCHORS);
    double lambda = auto.similarity().lambda();
    assertEquals(LeaveOneOut.lambda(auto.anchors()), lambda);
    var given = RelativeProjection.onto(anchors, Similarity.coordinates(lambda), Centering.ANCHORS);
    assertEquals(given.apply(anchors), auto.apply(anchors));
  }

  @Test
  void lambdaGrowsWithNoiseAndDoesNotTurnWithTheSpace() {
    FloatMatrix signal = unitRows(times(gaussian(2, 60, 3), gaussian(3, 3, 12)));
    FloatMatrix noise = gaussian(4, 60, 12);
    double previous = 0;
    for (double size : new double[] {0.003, 0.05, 0.5}) {
      FloatMatrix noisy =
          unitRows(Matrices.of(60, 12, (i, j) -> signal.get(i, j) + size * noise.get(i, j)));
      double lambda = LeaveOneOut.lambda(noisy);
      assertTrue(lambda > previous, previous + " then " + lambda);
      assertEquals(lambda, LeaveOneOut.lambda(times(noisy, rotation(5, 12))));
      previous = lambda;
    }
  }

  @Test
  void oneAnchorLeavesNothingToChooseFrom() {
    FloatMatrix one = gaussian(6, 1, 4);
    for (String kind : new String[] {"coordinates", "rbf", "mahalanobis"}) {
      var similarity = Similarity.named(kind, Similarity.AUTO);
      refused(
          kind.equals("mahalanobis") ? "the covariance of 1 vectors is zero" : "give a number",
          Kind.BAD_INPUT,
          () -> RelativeProjection.onto(one, similarity, Centering.NONE));
    }
  }

  @Test
  void covarianceWithoutInverseIsRefusedUnlessShrunk() {
    FloatMatrix flat = times(gaussian(7, 50, 3), gaussian(8, 3, 5));
    var space = new AnchoredSpace(flat.rowRange(0, 4), flat);
    var none = Similarity.named("mahalanobis", 0);
    refused("has no inverse", Kind.BAD_INPUT, () -> space.projection(none, Centering.NONE));
    for (double shrinkage : new double[] {Similarity.AUTO, 0.1, 1}) {
      var shrunk = space.projection(Similarity.named("mahalanobis", shrinkage), Centering.NONE);
      assertTrue(shrunk.apply(flat).firstNonFiniteRow().isEmpty());
    }
    var short_ = new AnchoredSpace(gaussian(9, 2, 5), gaussian(10, 5, 5));
    refused("has no inverse", Kind.BAD_INPUT, () -> short_.projection(none, Centering.NONE));
  }

  @Test
  void dataThatIsNotFiniteIsRefused() {
    var data = FloatMatrix.of(2, 2, 1, 2, Float.NaN, 4);
    var space = new AnchoredSpace(gaussian(11, 3, 2), data);
    for (String kind : new String[] {"mahalanobis", "geodesic"}) {
      var similarity = Similarity.named(kind, Similarity.AUTO);
      refused("not finite", Kind.BAD_INPUT, () -> space.projection(similarity, Centering.NONE));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"coordinates", "basis-change", "mahalanobis", "geodesic", "rbf", "angular"})
  void duplicateAnchorsGiveEqualColumns(String kind) {
    FloatMatrix a = gaussian(12, 6, 4);
    FloatMatrix twice = a.select(new int[] {0, 1, 2, 3, 4, 5, 0});
    FloatMatrix r =
        RelativeProjection.onto(twice, Similarity.of(Similarity.kind(kind)), Centering.ANCHORS)
            .apply(X.columns() == 4 ? X : gaussian(13, 6, 4));
    assertTrue(r.firstNonFiniteRow().isEmpty());
    assertClose(
        Matrices.of(6, 1, (i, j) -> r.get(i, 0)), Matrices.of(6, 1, (i, j) -> r.get(i, 6)), 1e-5);
  }

  @Test
  void anglesAreExactWhereTheArcCosineIsNot() {
    // 1e-4 off in angle: the cosine is 1 - 5e-9, which float32 rounds to 1.
    double angle = 1e-4;
    FloatMatrix a = FloatMatrix.of(1, 2, 1, 0);
    FloatMatrix x =
        Matrices.of(
            4,
            2,
            (i, j) ->
                switch (i) {
                  case 0 -> j == 0 ? Math.cos(angle) : Math.sin(angle);
                  case 1 -> j == 0 ? -Math.cos(angle) : Math.sin(angle);
                  case 2 -> j == 0 ? 3 : 0;
                  default -> 0;
                });
    FloatMatrix r =
        RelativeProjection.onto(a, Similarity.of(Similarity.Kind.ANGULAR), Centering.NONE).apply(x);
    assertEquals(1 - angle / Math.PI, r.get(0, 0), 1e-7);
    assertEquals(angle / Math.PI, r.get(1, 0), 1e-7);
    assertEquals(1, r.get(2, 0));
    assertEquals(0.5, r.get(3, 0), 1e-7);
  }
}
