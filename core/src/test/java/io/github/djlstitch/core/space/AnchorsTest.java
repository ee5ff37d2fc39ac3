// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.space.Anchors.Prototype;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnchorsTest {
  private static final Anchors PLAIN = new Anchors(List.of("a", "b"), "uniform", 1);
  private static final Prototype BLEND = new Prototype(List.of("a", "c"), List.of(.75, .25));

  private static LatentSpace space(String encoder, String dataset, List<String> ids, float... v) {
    return LatentSpace.of(
        ids,
        new int[0],
        List.of(),
        FloatMatrix.of(ids.size(), 2, v),
        Spaces.provenance(encoder, dataset, "train"));
  }

  // Saved heads carry this digest.
  @Test
  void digestIsThatOfTheIdsInOrder() {
    assertEquals(2, PLAIN.count());
    assertEquals(
        "3c9d591045bc8876f9d0399bbfb05c6a412096e906f73278f98406cd5dca86df", PLAIN.sha256());
    assertEquals(PLAIN.sha256(), new Anchors(List.of("a", "b"), "top", 2).sha256());
    assertNotEquals(PLAIN.sha256(), new Anchors(List.of("b", "a"), "uniform", 1).sha256());
    assertNotEquals(PLAIN.sha256(), new Anchors(List.of("ab"), "uniform", 1).sha256());
    assertNotEquals(PLAIN.sha256(), PLAIN.from("d-imdb").sha256());
    assertNotEquals(PLAIN.from("d-trec").sha256(), PLAIN.from("d-imdb").sha256());
  }

  @Test
  void weightsCountInTheDigest() {
    var b = Prototype.of("b");
    Anchors blend = Anchors.ofPrototypes(List.of(BLEND, b), "kmeans-mean", 1);
    assertEquals(List.of("a", "b"), blend.ids());
    assertEquals(b, blend.get(1));
    assertNotEquals(PLAIN.sha256(), blend.sha256());
    var other = new Prototype(List.of("a", "c"), List.of(.5, .5));
    assertNotEquals(
        blend.sha256(), Anchors.ofPrototypes(List.of(other, b), "kmeans-mean", 1).sha256());
    var third = new Prototype(List.of("a", "d"), List.of(.75, .25));
    assertNotEquals(
        blend.sha256(), Anchors.ofPrototypes(List.of(third, b), "kmeans-mean", 1).sha256());
    assertEquals(
        PLAIN, Anchors.ofPrototypes(List.of(Prototype.of("a"), b), "uniform", 1), "plain ones");
    assertEquals(Prototype.of("a"), PLAIN.get(0));
  }

  @Test
  void prototypesAreWeightedMeansOfVectorsAsTheyAre() {
    LatentSpace space = space("bert", "trec", List.of("a", "b", "c"), 4, 0, 1, 1, 0, 8);
    Anchors blend = Anchors.ofPrototypes(List.of(BLEND, Prototype.of("b")), "mine", 0);
    assertEquals(FloatMatrix.of(2, 2, 3, 2, 1, 1), space.anchors(blend));
    var foreign = new Prototype(List.of("a", "z"), List.of(.5, .5));
    refused(
        "anchor 'z' is not among the 3 train samples",
        Kind.BAD_INPUT,
        () -> space.anchors(Anchors.ofPrototypes(List.of(foreign), "mine", 0)));
  }

  @Test
  void anchorsOfAnotherDataSetAreFoundThere() {
    LatentSpace trec = space("bert", "trec", List.of("a", "b"), 1, 2, 3, 4);
    LatentSpace imdb = space("bert", "imdb", List.of("b", "x"), 5, 6, 7, 8);
    LatentSpace both = trec.withAnchorsFrom(imdb);
    assertEquals(imdb, both.anchorCandidates());
    assertEquals(trec, trec.anchorCandidates());
    Anchors own = new Anchors(List.of("b"), "mine", 0);
    Anchors foreign = both.owned(own);
    assertEquals("d-imdb", foreign.source());
    assertEquals(own, trec.owned(own));
    assertEquals(FloatMatrix.of(1, 2, 5, 6), both.anchors(foreign));
    assertEquals(FloatMatrix.of(1, 2, 3, 4), both.anchors(own));
    refused("another data set (sha256 d-imdb) than 'trec'", () -> trec.anchors(foreign));
    refused("(sha256 d-sst) than 'imdb'", Kind.BAD_INPUT, () -> both.anchors(own.from("d-sst")));
    LatentSpace other = space("e5", "imdb", List.of("x"), 5, 6);
    refused(
        "encoder 'bert' cannot have anchors of encoder 'e5'",
        Kind.BAD_INPUT,
        () -> trec.withAnchorsFrom(other));
  }

  @Test
  void whatIsNoPrototypeIsRefused() {
    refusedWeights(List.of("a", "b"), 1.0);
    refusedWeights(List.of());
    refusedWeights(List.of("a", "b"), 2.0, -1.0);
    refusedWeights(List.of("a", "b"), .5, .6);
    refusedWeights(List.of("a", "b"), 1.0, 0.0);
    refusedWeights(List.of("a"), Double.NaN);
    refused(
        "prototype 'a' has a sample twice",
        () -> new Prototype(List.of("a", "a"), List.of(.5, .5)));
    refused(
        "2 anchors are not named after the first samples of their 1 prototypes",
        Kind.BAD_INPUT,
        () -> new Anchors(List.of("a", "b"), List.of(BLEND), "", "mine", 0));
  }

  private static void refusedWeights(List<String> ids, Double... weights) {
    refused(
        "a prototype needs ids and as many weights above 0 with sum 1",
        Kind.BAD_INPUT,
        () -> new Prototype(ids, List.of(weights)));
  }
}
