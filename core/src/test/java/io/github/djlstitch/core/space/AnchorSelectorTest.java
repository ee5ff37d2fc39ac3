// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import static io.github.djlstitch.core.Matrices.dot;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.meanRow;
import static io.github.djlstitch.core.Matrices.shift;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.cluster.KMeans;
import io.github.djlstitch.core.space.AnchorSelector.Strategy;
import io.github.djlstitch.core.space.Anchors.Prototype;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

final class AnchorSelectorTest {
  private static final FloatMatrix VECTORS =
      Matrices.of(100, 6, (i, j) -> gaussian(8, 100, 6).get(i, j) + 1);
  private static final LatentSpace SPACE = Spaces.of(VECTORS);

  private static LatentSpace space(FloatMatrix vectors, int... labels) {
    List<String> ids = Spaces.ids("", vectors.rows());
    var from = Spaces.provenance("bert", "trec", "train");
    return LatentSpace.of(ids, labels, List.of("a", "b", "c"), vectors, from);
  }

  private static List<String> choose(String name, LatentSpace space, int count, long seed) {
    return AnchorSelector.named(name).select(space, count, seed).ids();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void anchorsAreDistinctAndTheSeedDecidesThem(Strategy strategy) {
    var selector = AnchorSelector.of(strategy);
    boolean fixed = strategy == Strategy.TOP || strategy == Strategy.LEVERAGE;
    for (int count : new int[] {1, 50, 100}) {
      Anchors anchors = selector.select(SPACE, count, 5);
      assertEquals(count, new HashSet<>(anchors.ids()).size());
      assertTrue(SPACE.ids().containsAll(anchors.ids()));
      assertEquals(anchors, selector.select(SPACE, count, 5));
      assertEquals(strategy.id(), anchors.strategy());
      Anchors other = selector.select(SPACE, count, 6);
      boolean oneCluster = count == 1 && strategy.id().startsWith("kmeans");
      assertEquals(!fixed && !oneCluster, !anchors.sha256().equals(other.sha256()));
      assertEquals(count, SPACE.anchors(anchors).rows());
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void whatCannotBeChosenIsRefused(Strategy strategy) {
    for (int count : new int[] {0, -1, 101}) {
      refused(
          count + " anchors cannot be chosen among 100 training samples; choose from 1 to 100",
          Kind.BAD_INPUT,
          () -> AnchorSelector.of(strategy).select(SPACE, count, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"uniform", "stratified"})
  void everySampleIsEquallyLikelyInEveryPlace(String name) {
    LatentSpace ten = space(gaussian(1, 10, 2), new int[10]);
    int[][] counts = new int[3][10];
    for (int seed = 0; seed < 2000; seed++) {
      List<String> ids = choose(name, ten, 3, seed);
      for (int place = 0; place < 3; place++) {
        counts[place][Integer.parseInt(ids.get(place))]++;
      }
    }
    for (int[] place : counts) {
      double chi = IntStream.of(place).mapToDouble(c -> (c - 200.0) * (c - 200.0) / 200).sum();
      assertTrue(chi < 27.88, "chi-square " + chi); // 9 degrees of freedom, p = .001
    }
  }

  // Saved heads and their digests depend on it.
  @Test
  void uniformAnchorsAreThoseOfTheFirstRelease() {
    assertEquals(List.of("s24", "s54", "s94", "s80", "s47"), choose("uniform", SPACE, 5, 0));
    assertEquals(List.of("s24", "s47", "s54", "s63"), choose("stratified", SPACE, 4, 0));
  }

  @ParameterizedTest
  @CsvSource({"9, 3 3 3", "10, 4 3 3", "20, 8 7 5", "85, 60 20 5", "2, 1 1 0"})
  void classesShareAnchorsEquallyAsFarAsTheyReach(int count, String expected) {
    int[] labels = IntStream.range(0, 85).map(i -> i < 60 ? 0 : i < 80 ? 1 : 2).toArray();
    int[] found = new int[3];
    choose("stratified", space(gaussian(1, 85, 2), labels), count, 1)
        .forEach(id -> found[labels[Integer.parseInt(id)]]++);
    assertEquals(expected, found[0] + " " + found[1] + " " + found[2]);
  }

  @Test
  void withoutLabelsThereAreNoClassesToShare() {
    LatentSpace none = space(gaussian(1, 9, 2));
    refused("has no labels", Kind.BAD_INPUT, () -> choose("stratified", none, 3, 0));
    assertEquals(3, choose("uniform", none, 3, 0).size());
  }

  @Test
  void farthestPointsAreFarthestInTheirFrame() {
    FloatMatrix unit = unitRows(VECTORS);
    FloatMatrix centred = unitRows(shift(unit, meanRow(unit), -1));
    assertFarthest(choose("fps", SPACE, 30, 2), centred, cosine -> 1 - Math.abs(cosine));
    assertFarthest(choose("fps-euclidean", SPACE, 30, 2), unit, cosine -> 1 - cosine);
  }

  private static void assertFarthest(
      List<String> ids, FloatMatrix x, java.util.function.DoubleUnaryOperator distance) {
    int[] rows = ids.stream().mapToInt(id -> Integer.parseInt(id.substring(1))).toArray();
    for (int n = 1; n < rows.length; n++) {
      int size = n;
      double[] least = new double[x.rows()];
      java.util.Arrays.setAll(
          least,
          i ->
              IntStream.range(0, size)
                  .mapToDouble(c -> distance.applyAsDouble(dot(doubles(x, i), doubles(x, rows[c]))))
                  .min()
                  .orElseThrow());
      double most = java.util.Arrays.stream(least).max().orElseThrow();
      assertEquals(most, least[rows[n]], 1e-6); // the frame is float32
    }
  }

  @Test
  void orderOfCandidatesDoesNotMatterWhereNothingIsRandom() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
    Collections.shuffle(order, new Random(3));
    LatentSpace shuffled = SPACE.select(order.stream().mapToInt(i -> i).toArray());
    assertEquals(choose("leverage", SPACE, 6, 0), choose("leverage", shuffled, 6, 0));
    // Farthest points too, from the same start: the first and the last row change places with none.
    int start = new Random(9).nextInt(100);
    int[] rest = IntStream.range(0, 100).map(i -> i == start ? i : swapped(i, start)).toArray();
    assertEquals(choose("fps", SPACE, 40, 9), choose("fps", SPACE.select(rest), 40, 9));
    assertNotEquals(choose("top", SPACE, 6, 0), choose("top", shuffled, 6, 0));
  }

  // Turns the other 99 rows round by one place.
  private static int swapped(int i, int start) {
    int next = (i + 1) % 100;
    return next == start ? (start + 1) % 100 : next;
  }

  @Test
  void samplesNearestToTheCentersAreChosen() {
    FloatMatrix unit = unitRows(VECTORS);
    KMeans.Clustering clustering = KMeans.fit(unit, 9, 4);
    List<String> expected = new ArrayList<>();
    for (int c = 0; c < 9; c++) {
      int nearest = -1;
      for (int i = 0; i < 100; i++) {
        boolean own = clustering.clusters()[i] == c;
        nearest =
            own && (nearest < 0 || far(unit, i, clustering, c) < far(unit, nearest, clustering, c))
                ? i
                : nearest;
      }
      expected.add("s" + nearest);
    }
    assertEquals(expected, choose("kmeans", SPACE, 9, 4));
    assertEquals(expected, choose("kmeans-mean", SPACE, 9, 4));
    assertEquals(
        AnchorSelector.named("kmeans").select(SPACE, 9, 4).sha256(),
        AnchorSelector.named("kmeans-mean:1").select(SPACE, 9, 4).sha256());
  }

  private static double far(FloatMatrix unit, int i, KMeans.Clustering clustering, int c) {
    double sum = 0;
    for (int j = 0; j < unit.columns(); j++) {
      sum += Math.pow(unit.get(i, j) - clustering.centers().get(c, j), 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void prototypesAreMeansOfTheirClustersWithTheInverseDistanceAsWeight() {
    FloatMatrix unit = unitRows(VECTORS);
    KMeans.Clustering clustering = KMeans.fit(unit, 9, 4);
    Anchors anchors = AnchorSelector.named("kmeans-mean:4").select(SPACE, 9, 4);
    assertEquals("kmeans-mean:4", anchors.strategy());
    for (int c = 0; c < 9; c++) {
      Prototype prototype = anchors.get(c);
      assertTrue(prototype.ids().size() <= 4);
      double first = far(unit, row(prototype, 0), clustering, c);
      for (int m = 0; m < prototype.ids().size(); m++) {
        assertEquals(c, clustering.clusters()[row(prototype, m)]);
        double expected = first / far(unit, row(prototype, m), clustering, c);
        assertEquals(
            expected, prototype.weights().get(m) / prototype.weights().get(0), 1e-4 * expected);
      }
    }
    Anchors whole = AnchorSelector.of(Strategy.KMEANS_MEAN).select(SPACE, 9, 4);
    assertEquals(100, whole.prototypes().stream().mapToInt(p -> p.ids().size()).sum());
  }

  private static int row(Prototype prototype, int member) {
    return Integer.parseInt(prototype.ids().get(member).substring(1));
  }

  @Test
  void parallelSamplesMakePrototypesWithTheSameWeights() {
    LatentSpace other =
        LatentSpace.of(
            SPACE.ids(),
            new int[0],
            List.of(),
            gaussian(9, 100, 4),
            Spaces.provenance("e5", "trec", "train"));
    Anchors anchors = AnchorSelector.of(Strategy.KMEANS_MEAN).select(SPACE, 7, 1);
    FloatMatrix found = other.anchors(anchors);
    FloatMatrix expected =
        Matrices.of(
            7,
            4,
            (c, j) -> {
              double sum = 0;
              for (int m = 0; m < anchors.get(c).ids().size(); m++) {
                sum +=
                    anchors.get(c).weights().get(m)
                        * other.vectors().get(row(anchors.get(c), m), j);
              }
              return sum;
            });
    assertEquals(expected, found);
  }

  @Test
  void topIsTheFirstSamplesAfterSkippingSome() {
    assertEquals(List.of("s0", "s1", "s2"), choose("top", SPACE, 3, 7));
    assertEquals(List.of("s40", "s41"), choose("top:40", SPACE, 2, 7));
    refused(
        "3 anchors cannot be chosen among 100 training samples after skipping 98;"
            + " choose from 1 to 2",
        Kind.BAD_INPUT,
        () -> choose("top:98", SPACE, 3, 0));
    refused("choose from 1 to 0", Kind.BAD_INPUT, () -> choose("top:200", SPACE, 1, 0));
  }

  @Test
  void leverageTakesWhatSpansTheSpaceAndThenBeginsAnew() {
    LatentSpace axes =
        space(Matrices.of(12, 4, (i, j) -> i % 3 == j ? 1 + i / 3 : j == 3 ? .01 * i : 0));
    List<String> ids = choose("leverage", axes, 12, 0);
    assertEquals(12, new HashSet<>(ids).size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"FPS.*", "KMEANS.*", "LEVERAGE"},
      mode = Mode.MATCH_ANY)
  void duplicatesAreChosenOnlyWhenNothingElseIsLeft(Strategy strategy) {
    // 8 samples, each three times.
    LatentSpace thrice = space(Matrices.of(24, 6, (i, j) -> VECTORS.get(i % 8, j)));
    Anchors few =
        AnchorSelector.of(strategy).select(thrice, strategy == Strategy.LEVERAGE ? 6 : 8, 2);
    long different =
        few.ids().stream().mapToInt(Integer::parseInt).map(i -> i % 8).distinct().count();
    assertEquals(few.count(), different);
    assertEquals(20, new HashSet<>(AnchorSelector.of(strategy).select(thrice, 20, 2).ids()).size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"FPS.*", "KMEANS.*", "LEVERAGE"},
      mode = Mode.MATCH_ANY)
  void vectorsWithoutDirectionAreNamed(Strategy strategy) {
    LatentSpace zero = space(Matrices.of(9, 3, (i, j) -> i == 4 ? 0 : i + j * j));
    refused(
        "sample '4' of 'trec' has no direction in the space of 'bert': its vector is zero",
        Kind.BAD_INPUT,
        () -> AnchorSelector.of(strategy).select(zero, 2, 0));
  }

  @Test
  void oneCandidateIsItsOwnMean() {
    LatentSpace one = space(FloatMatrix.of(1, 2, 3, 4));
    assertEquals(List.of("0"), choose("fps-euclidean", one, 1, 0));
    assertEquals(List.of("0"), choose("kmeans", one, 1, 0));
    refused("is the mean of all", Kind.BAD_INPUT, () -> choose("fps", one, 1, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "uniform, uniform",
    "FPS, fps",
    "top:0, top",
    "top:9, top:9",
    "kmeans-mean:100, kmeans-mean"
  })
  void namesAreRead(String name, String id) {
    assertEquals(id, AnchorSelector.named(name).id());
    assertEquals(AnchorSelector.named(id), AnchorSelector.named(name));
    assertEquals(AnchorSelector.named(id).hashCode(), AnchorSelector.named(name).hashCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kmean | no anchor strategy 'kmean'; did you mean 'kmeans'?",
        "'' | no anchor strategy ''; known: uniform, stratified, fps, fps-euclidean, kmeans",
        "fps:3 | anchor strategy 'fps:3'; expected top:N",
        "top:-1 | anchor strategy 'top:-1'",
        "top: | anchor strategy 'top:'",
        "kmeans-mean:0 | anchor strategy 'kmeans-mean:0'",
      })
  void wrongNamesAreRefused(String name, String message) {
    refused(message, Kind.USAGE, () -> AnchorSelector.named(name));
  }
}
