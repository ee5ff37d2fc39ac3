// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.space.AnchorBootstrap.Pair;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AnchorBootstrapTest {
  private static final int SAMPLES = 400;
  private static final FloatMatrix X = gaussian(1, SAMPLES, 16);

  private static LatentSpace space(String prefix, String encoder, FloatMatrix vectors) {
    return LatentSpace.of(
        Spaces.ids(prefix, vectors.rows()),
        new int[0],
        List.of(),
        vectors,
        Spaces.provenance(encoder, "trec", "train"));
  }

  // X turned, scaled, moved and a little blurred; sample i is y(399 - i).
  private static LatentSpace partner(double noise) {
    FloatMatrix turned = times(X, rotation(2, 16));
    FloatMatrix blur = gaussian(3, SAMPLES, 16);
    return space(
        "y",
        "e5",
        Matrices.of(
            SAMPLES, 16, (i, j) -> 3 * (turned.get(SAMPLES - 1 - i, j) + noise * blur.get(i, j))));
  }

  private static List<Pair> seeds(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Pair("x" + i, "y" + (399 - i))).toList();
  }

  private static double right(AnchorBootstrap found) {
    return IntStream.range(0, found.x().count())
            .filter(i -> number(found.x(), i) + number(found.y(), i) == SAMPLES - 1)
            .count()
        / (double) found.x().count();
  }

  private static int number(Anchors anchors, int i) {
    return Integer.parseInt(anchors.ids().get(i).substring(1));
  }

  @Test
  void plantedPairsAreFoundFromAFew() {
    AnchorBootstrap exact = AnchorBootstrap.grow(space("x", "bert", X), partner(0), seeds(12), 300);
    assertEquals(300, exact.x().count());
    assertEquals(1, right(exact));
    AnchorBootstrap blurred =
        AnchorBootstrap.grow(space("x", "bert", X), partner(.1), seeds(12), 300);
    assertEquals(300, blurred.y().count());
    assertTrue(right(blurred) > .97, "right " + right(blurred));
    assertEquals(300, new HashSet<>(blurred.x().ids()).size());
    assertEquals(300, new HashSet<>(blurred.y().ids()).size());
    assertEquals("bootstrap", blurred.x().strategy());
  }

  @Test
  void seedsStayAndComeFirst() {
    AnchorBootstrap found = AnchorBootstrap.grow(space("x", "bert", X), partner(.1), seeds(5), 40);
    assertEquals(seeds(5).stream().map(Pair::x).toList(), found.x().ids().subList(0, 5));
    assertEquals(seeds(5).stream().map(Pair::y).toList(), found.y().ids().subList(0, 5));
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 1.0), found.similarities().subList(0, 5));
    assertEquals(found, AnchorBootstrap.grow(space("x", "bert", X), partner(.1), seeds(5), 40));
    var same = AnchorBootstrap.grow(space("x", "bert", X), partner(.1), seeds(5), 5);
    assertEquals(5, same.x().count());
  }

  // The control: spaces that have nothing to do with each other.
  @Test
  void unrelatedSpacesGiveUnlikePairs() {
    LatentSpace other = space("y", "e5", gaussian(9, SAMPLES, 16));
    AnchorBootstrap found = AnchorBootstrap.grow(space("x", "bert", X), other, seeds(12), 60);
    AnchorBootstrap related =
        AnchorBootstrap.grow(space("x", "bert", X), partner(.1), seeds(12), 60);
    assertTrue(mean(found) < mean(related) - .1, mean(found) + " against " + mean(related));
  }

  private static double mean(AnchorBootstrap found) {
    return found.similarities().stream().skip(12).mapToDouble(s -> s).average().orElseThrow();
  }

  @Test
  void whatCannotGrowIsRefused() {
    LatentSpace x = space("x", "bert", X);
    LatentSpace y = partner(0);
    refused(
        "10 anchor pairs cannot be grown from 2 seed pairs of 400 samples; give at least 3",
        Kind.BAD_INPUT,
        () -> AnchorBootstrap.grow(x, y, seeds(2), 10));
    refused("401 anchor pairs", () -> AnchorBootstrap.grow(x, y, seeds(3), 401));
    refused("2 anchor pairs", () -> AnchorBootstrap.grow(x, y, seeds(3), 2));
    List<Pair> twice = List.of(new Pair("x1", "y1"), new Pair("x2", "y1"), new Pair("x3", "y3"));
    refused("in two seed pairs", Kind.BAD_INPUT, () -> AnchorBootstrap.grow(x, y, twice, 9));
    List<Pair> foreign = List.of(new Pair("x1", "y1"), new Pair("x2", "y2"), new Pair("x3", "x3"));
    refused("anchor 'x3' is not among the 400", () -> AnchorBootstrap.grow(x, y, foreign, 9));
  }
}
