// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.worstCosine;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubspacesTest {
  // 60 anchors in 8 dimensions, off-centre.
  private static final FloatMatrix ANCHORS =
      shift(gaussian(1, 60, 8), FloatMatrix.of(1, 8, 3, 1, 0, 0, 0, 0, 0, 0), 1);
  private static final AnchoredSpace SPACE = new AnchoredSpace(ANCHORS, ANCHORS);

  @ParameterizedTest
  @ValueSource(doubles = {.2, .5, .7, .95})
  void keptAnchorsAreFarApartAndDroppedOnesAreNot(double delta) {
    FloatMatrix standard = SPACE.frame(Centering.ANCHORS, true).apply(ANCHORS);
    for (List<Integer> kept : Subspaces.prune(SPACE, Centering.ANCHORS, delta, 4, 7).kept()) {
      for (int i = 0; i < 60; i++) {
        double nearest = nearest(standard, i, kept);
        assertEquals(kept.contains(i), nearest >= delta - 1e-6, i + ": " + nearest);
      }
    }
  }

  // The smallest distance to a kept anchor other than itself.
  private static double nearest(FloatMatrix x, int i, List<Integer> kept) {
    return kept.stream()
        .filter(k -> k != i)
        .mapToDouble(k -> 1 - Math.abs(dot(doubles(x, i), doubles(x, k))))
        .min()
        .orElse(1);
  }

  @Test
  void subspacesOfSomeAnchorsAreTheSameInNewNumbers() {
    var two = new Subspaces(6, .5, List.of(List.of(0, 2, 5), List.of(1, 3)));
    int[] rows = {0, 2, 4};
    var expected = new Subspaces(3, .5, List.of(List.of(0, 1), List.of(0, 1, 2))); // none is all
    assertEquals(expected, two.select(rows));
    assertEquals(two, two.select(IntStream.range(0, 6).toArray()));
  }

  @Test
  void withoutDeltaAllAreKept() {
    assertEquals(Subspaces.whole(60), Subspaces.prune(SPACE, Centering.NONE, 0, 8, 3));
    var plain = Irp.plain(Centering.NONE).fit(SPACE);
    var whole =
        Irp.plain(Centering.NONE).over(new Subspaces(60, 0, List.of(all(), all()))).fit(SPACE);
    assertEquals(plain.encoder(), whole.encoder());
    assertTrue(Matrices.difference(plain.decoder(), whole.decoder()) < 1e-7);
  }

  private static List<Integer> all() {
    return IntStream.range(0, 60).boxed().toList();
  }

  @Test
  void subspacesDifferAndTheSeedDecidesThem() {
    Subspaces eight = Subspaces.prune(SPACE, Centering.ANCHORS, .6, 8, 5);
    assertEquals(8, eight.omega());
    assertTrue(eight.kept().stream().distinct().count() > 4, eight::toString);
    assertEquals(eight, Subspaces.prune(SPACE, Centering.ANCHORS, .6, 8, 5));
    assertNotEquals(eight, Subspaces.prune(SPACE, Centering.ANCHORS, .6, 8, 6));
    assertEquals(
        eight.kept().subList(0, 1), Subspaces.prune(SPACE, Centering.ANCHORS, .6, 1, 5).kept());
  }

  @Test
  void averagingIsThatOfTheMaps() {
    Subspaces three = Subspaces.prune(SPACE, Centering.ANCHORS, .6, 3, 5);
    var options = Irp.plain(Centering.ANCHORS);
    FloatMatrix sum = Matrices.of(8, 8, (i, j) -> 0);
    for (int k = 0; k < 3; k++) {
      var one = options.over(three.only(k)).fit(SPACE);
      FloatMatrix map = SpaceCodec.compose(one, one);
      FloatMatrix before = sum;
      sum = Matrices.of(8, 8, (i, j) -> before.get(i, j) + map.get(i, j) / 3);
    }
    var all = options.over(three).fit(SPACE);
    Matrices.assertClose(sum, SpaceCodec.compose(all, all), 1e-6);
  }

  @Test
  void duplicatesAndOppositesAreDropped() {
    FloatMatrix doubled = FloatMatrix.concatRows(ANCHORS, Matrices.map(ANCHORS, v -> -2 * v));
    var space = new AnchoredSpace(doubled, doubled);
    for (List<Integer> kept : Subspaces.prune(space, Centering.NONE, .01, 2, 1).kept()) {
      assertTrue(kept.size() <= 60, kept::toString);
    }
  }

  @Test
  void anchorsWithoutDirectionAreDropped() {
    FloatMatrix zero = FloatMatrix.concatRows(FloatMatrix.of(1, 8, new float[8]), ANCHORS);
    var pruned = Subspaces.prune(new AnchoredSpace(zero, ANCHORS), Centering.NONE, .3, 4, 1);
    assertTrue(pruned.kept().stream().noneMatch(rows -> rows.contains(0)));
    FloatMatrix one = ANCHORS.rowRange(0, 1);
    var single = Subspaces.prune(new AnchoredSpace(one, one), Centering.ANCHORS, .5, 2, 1);
    assertEquals(Subspaces.whole(1), single);
  }

  @Test
  void wrongNumbersAreRefused() {
    for (double delta : new double[] {-.1, 1.1, Double.NaN}) {
      refused("delta from 0 to 1", Kind.USAGE, () -> prune(delta, 1));
    }
    refused("omega of at least 1", Kind.USAGE, () -> prune(.5, 0));
    refused("at least 1 subspace", Kind.BAD_INPUT, () -> new Subspaces(3, 0, List.of()));
    refused("keeps no anchor", () -> new Subspaces(3, 0, List.of(List.of())));
    refused("keeps anchor 3", () -> new Subspaces(3, 0, List.of(List.of(0, 3))));
    refused("keeps anchor 1 after", () -> new Subspaces(3, 0, List.of(List.of(1, 1))));
    refused(
        "subspaces of 59 anchors do not fit a space with 60",
        Kind.BAD_INPUT,
        () -> Irp.plain(Centering.NONE).over(Subspaces.whole(59)).fit(SPACE));
  }

  private static void prune(double delta, int omega) {
    Subspaces.prune(SPACE, Centering.NONE, delta, omega, 0);
  }

  /** Two noisy views of the same samples, in which plain inversion amplifies what differs. */
  @Test
  void automaticPruningBeatsNoneBetweenSpacesAndKnowsOnlyOne() {
    FloatMatrix shared = times(gaussian(2, 300, 30), decaying(30));
    FloatMatrix x = noisy(shared, gaussian(3, 30, 30), 4);
    FloatMatrix y = noisy(shared, gaussian(5, 30, 30), 6);
    FloatMatrix ax = x.rowRange(0, 32);
    FloatMatrix ay = y.rowRange(0, 32);
    var from = new AnchoredSpace(ax, x);
    var to = new AnchoredSpace(ay, y);
    Subspaces chosen = Subspaces.automatic(from, Centering.NONE, 1);
    assertEquals(chosen, Subspaces.automatic(from, Centering.NONE, 1));
    double automatic = meanCosine(from, to, chosen);
    double plain = meanCosine(from, to, Subspaces.whole(32));
    assertTrue(automatic > plain + .05, automatic + " against " + plain);
  }

  @Test
  void automaticPruningKeepsOrthogonalAnchors() {
    FloatMatrix orthogonal = Matrices.rotation(9, 12);
    var space = new AnchoredSpace(orthogonal, gaussian(10, 50, 12));
    assertEquals(Subspaces.whole(12), Subspaces.automatic(space, Centering.NONE, 0));
  }

  private static FloatMatrix decaying(int width) {
    return Matrices.of(width, width, (i, j) -> i == j ? 1 / Math.sqrt(1 + i) : 0);
  }

  private static FloatMatrix noisy(FloatMatrix shared, FloatMatrix map, long seed) {
    var random = new Random(seed);
    FloatMatrix view = times(shared, map);
    return Matrices.map(view, v -> v + random.nextGaussian());
  }

  private static double meanCosine(AnchoredSpace from, AnchoredSpace to, Subspaces subspaces) {
    var options = Irp.plain(Centering.NONE);
    var x = options.over(subspaces).fit(from);
    var y = options.over(subspaces).fit(to);
    FloatMatrix got = Matrices.unitRows(y.fromRelative(x.toRelative(from.data())));
    FloatMatrix want = Matrices.unitRows(to.data());
    double sum = 0;
    for (int i = 32; i < want.rows(); i++) {
      sum += worstCosine(got.rowRange(i, i + 1), want.rowRange(i, i + 1));
    }
    return sum / (want.rows() - 32);
  }
}
