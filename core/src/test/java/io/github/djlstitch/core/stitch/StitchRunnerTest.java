// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.HeadRecipe.HeadSource;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class StitchRunnerTest {
  private static final EncodedDataset X = World.rotated("x", 0);
  private static final EncodedDataset Y = World.rotated("y", 1);
  private static final AnchorChoice UNIFORM = AnchorChoice.by(AnchorSelector.UNIFORM, 40);

  private static StitchRunner.Options options(
      AnchorChoice anchors, List<Long> seeds, Method... methods) {
    return new StitchRunner.Options(
        List.of(methods),
        Similarity.cosine(),
        Centering.ANCHORS,
        BridgeOptions.defaults().withLambda(.1).withPruning(OptionalDouble.of(.4), 3),
        anchors,
        DecoderSpec.Head.of("mean"),
        seeds);
  }

  private static StitchReport run(
      List<EncodedDataset> encoders, List<EncodedDataset> decoders, StitchRunner.Options options) {
    return StitchRunner.run(encoders, decoders, options, World::nearestMean, Progress.NONE);
  }

  private static StitchReport grid(AnchorChoice anchors, Method... methods) {
    return run(List.of(X, Y), List.of(X, Y), options(anchors, List.of(0L, 1L), methods));
  }

  private static List<StitchReport.Result> untimed(StitchReport report) {
    return report.results().stream()
        .map(
            r ->
                new StitchReport.Result(
                    r.encoder(),
                    r.decoder(),
                    r.method(),
                    r.similarity(),
                    r.seed(),
                    r.stitched(),
                    r.carried(),
                    r.own(),
                    r.diagnostics(),
                    new StitchReport.Cost(r.cost().pairedSamples(), r.cost().parameters(), 0, 0)))
        .toList();
  }

  private static double stitched(StitchReport report, Method method) {
    return report.stitched(method, Metric.ACCURACY).orElseThrow().mean();
  }

  private static double own(StitchReport report, Method method) {
    return report.own(method, Metric.ACCURACY).orElseThrow().mean();
  }

  @Test
  void rotatedSpacesStitchAsInPlaceByEveryMethodButTheAbsolute() {
    StitchReport report = grid(UNIFORM, Method.values());
    assertEquals(List.of(Method.values()), report.methods());
    for (Method method : Method.values()) {
      double own = own(report, method);
      double stitched = stitched(report, method);
      assertTrue(own > .95, method + " own " + own);
      if (method == Method.ABSOLUTE) {
        assertTrue(stitched < .4, "absolute stitched " + stitched);
      } else {
        double inPlace = report.inPlace(method, Metric.ACCURACY).map(Spread::mean).orElse(own);
        assertEquals(inPlace, stitched, 1e-12, method.id());
      }
      assertEquals(stitched / own, report.kept(method).orElseThrow(), 1e-12, method.id());
    }
  }

  @Test
  void ownIsTheHeadOnItsOwnEncoderUntouchedWhateverTheMethod() {
    StitchReport report = grid(UNIFORM, Method.values());
    double absolute = own(report, Method.ABSOLUTE);
    double relative = own(report, Method.RELATIVE);
    for (Method method : Method.values()) {
      switch (method.reads()) {
        case ABSOLUTE -> assertEquals(absolute, own(report, method), 0, method.id());
        case RELATIVE -> assertEquals(relative, own(report, method), 0, method.id());
        case PRODUCT -> assertTrue(own(report, method) > .9);
      }
    }
    for (StitchReport.Result r : report.results()) {
      boolean bridged =
          r.method().reads() == DecoderSpec.Reads.ABSOLUTE && r.method() != Method.ABSOLUTE;
      assertEquals(!r.stitched() && bridged, r.inPlace().isPresent(), r::toString);
      assertEquals(r.stitched() ? r.carried() : r.own(), r.scores());
      assertTrue(r.stitched() || bridged || r.own().equals(r.carried()), r::toString);
    }
  }

  // Two of 24 dimensions are what two anchors span, so a bridge loses most of what a head reads.
  @Test
  void aPoorBridgeIsNotComparedWithItself() {
    var options =
        options(AnchorChoice.by(AnchorSelector.UNIFORM, 2), List.of(0L), Method.COORDINATES);
    StitchReport report = run(List.of(X, Y), List.of(X, Y), options);
    double inPlace = report.inPlace(Method.COORDINATES, Metric.ACCURACY).orElseThrow().mean();
    assertTrue(inPlace < .9 * own(report, Method.COORDINATES), "in place " + inPlace);
    assertTrue(report.kept(Method.COORDINATES).orElseThrow() < .9);
  }

  @Test
  void unrelatedSpacesAreNoBetterThanChance() {
    StitchReport report =
        run(
            List.of(World.unrelated("z")),
            List.of(X),
            options(UNIFORM, List.of(0L, 1L, 2L), Method.values()));
    for (Method method : Method.values()) {
      // Guessing all five classes alike gives 0.2, always guessing the largest one 0.33.
      assertEquals(
          .2, stitched(report, method), report.classes().majority() - .2 + .05, method.id());
    }
  }

  @Test
  void stitchedHeadsAreComparedWithTheirOwnAnswers() {
    EncodedDataset z = World.unrelated("z");
    StitchReport report =
        run(List.of(Y, z), List.of(X), options(UNIFORM, List.of(0L), Method.AUTO));
    Map<String, Double> same = report.cell("y", "x-head", Method.AUTO).get(0).diagnostics();
    assertTrue(number(same, Diagnostics.AGREEMENT) > .95, same::toString);
    assertTrue(number(same, Diagnostics.AGREEMENT_BY_CHANCE) < .4, same::toString);
    assertTrue(number(same, Diagnostics.JENSEN_SHANNON) < .05, same::toString);
    Map<String, Double> other = report.cell("z", "x-head", Method.AUTO).get(0).diagnostics();
    double chance = number(other, Diagnostics.AGREEMENT_BY_CHANCE);
    assertEquals(chance, number(other, Diagnostics.AGREEMENT), .2);
    Map<String, Double> own = report.cell("x", "x-head", Method.AUTO).get(0).diagnostics();
    assertFalse(own.containsKey(Diagnostics.AGREEMENT), own::toString);
  }

  private static double number(Map<String, Double> diagnostics, String name) {
    return diagnostics.getOrDefault(name, Double.NaN);
  }

  @Test
  void theMajorityIsTheShareOfTheMostFrequentTestLabel() {
    assertEquals(1.0 / 3, grid(UNIFORM, Method.RELATIVE).classes().majority(), 1e-12);
  }

  @Test
  void classesAreUnevenIfTheCommonestHasMoreThanTwiceTheRarest() {
    assertFalse(new StitchReport.ClassCounts(30, 10, 10).isUneven());
    assertFalse(new StitchReport.ClassCounts(30, 10, 20).isUneven());
    assertTrue(new StitchReport.ClassCounts(31, 10, 21).isUneven());
    assertTrue(new StitchReport.ClassCounts(30, 0, 30).isUneven());
  }

  @Test
  void resultsComeBySeedDecoderEncoderAndMethod() {
    StitchReport report = grid(UNIFORM, Method.RELATIVE, Method.ABSOLUTE);
    List<String> cells =
        report.results().stream()
            .map(r -> r.seed() + r.decoder() + r.encoder() + " " + r.method().id())
            .toList();
    List<String> expected = new ArrayList<>();
    for (String place : List.of("0x-headx", "0x-heady", "0y-headx", "0y-heady")) {
      expected.add(place + " absolute");
      expected.add(place + " relative");
    }
    assertEquals(expected, cells.subList(0, 8));
    assertEquals(16, cells.size());
    assertEquals(untimed(report), untimed(grid(UNIFORM, Method.RELATIVE, Method.ABSOLUTE)));
  }

  @Test
  void eachSeedHasItsOwnAnchorsAndResult() {
    StitchReport report = grid(UNIFORM, Method.RELATIVE);
    assertEquals(List.of(0L, 1L), report.anchors().stream().map(Anchors::seed).toList());
    assertNotEquals(report.anchors().get(0).ids(), report.anchors().get(1).ids());
    List<StitchReport.Result> cell = report.cell("x", "y-head", Method.RELATIVE);
    assertEquals(List.of(0L, 1L), cell.stream().map(StitchReport.Result::seed).toList());
  }

  @Test
  void resultsSayWhatMadeThem() {
    StitchReport report = grid(UNIFORM, Method.RELATIVE, Method.IRP, Method.RIDGE);
    var relative = report.cell("x", "y-head", Method.RELATIVE).get(0);
    var irp = report.cell("x", "y-head", Method.IRP).get(0);
    assertEquals("cosine", relative.similarity());
    assertEquals("", irp.similarity());
    assertEquals(40.0, irp.diagnostics().get("kept_anchors"));
    assertTrue(irp.diagnostics().getOrDefault("condition_number", 0.0) > 1);
    assertEquals(.1, report.cell("x", "y-head", Method.RIDGE).get(0).diagnostics().get("lambda"));
    assertTrue(relative.score(Metric.F1_MACRO) > .9);
    assertTrue(report.fitSeconds() > 0 && report.evaluateSeconds() > 0);
  }

  @Test
  void oneHeadServesAllMethodsThatReadItsSpace() {
    List<String> asked = new ArrayList<>();
    HeadSource heads =
        (spec, inputs, labels) -> {
          asked.add(spec.name() + " " + spec.reads().id() + " " + spec.width());
          assertEquals(spec.width(), inputs.get().columns());
          return World.nearestMean(spec, inputs, labels);
        };
    List<String> steps = new ArrayList<>();
    var options = options(UNIFORM, List.of(3L), Method.values());
    StitchRunner.run(
        List.of(X), List.of(X, Y), options, heads, (task, done, total) -> steps.add(task + done));
    assertEquals(
        List.of(
            "x-head absolute 12",
            "x-head product 160",
            "x-head relative 40",
            "y-head absolute 12",
            "y-head product 160",
            "y-head relative 40"),
        asked.stream().sorted().toList());
    assertTrue(steps.containsAll(List.of("stitch1", "stitch2")));
  }

  @Test
  void decoderIsAlsoMeasuredWithItsOwnEncoder() {
    StitchReport report =
        run(List.of(X), List.of(Y), options(UNIFORM, List.of(0L), Method.RELATIVE));
    List<String> pairs = report.results().stream().map(r -> r.encoder() + r.stitched()).toList();
    assertEquals(List.of("xtrue", "yfalse"), pairs);
  }

  @Test
  void parallelDataSetsTakeAnchorsAmongTheIdsTheyShare() {
    EncodedDataset other = World.seen("x", "zh", 60, 180, x -> World.turned(x, 4));
    StitchReport report =
        run(List.of(X), List.of(other), options(UNIFORM, List.of(0L), Method.RELATIVE));
    assertTrue(report.anchors().get(0).ids().stream().allMatch(id -> X.train().contains(id)));
    assertTrue(report.anchors().get(0).ids().stream().allMatch(id -> other.train().contains(id)));
    // The same encoder on other data is not the head's own.
    List<Boolean> stitched = report.results().stream().map(StitchReport.Result::stitched).toList();
    assertEquals(List.of(true, false), stitched);
    assertEquals(own(report, Method.RELATIVE), stitched(report, Method.RELATIVE), .05);
  }

  @Test
  void decodersOnSeveralDataSetsMustShareTheAnchorsToo() {
    EncodedDataset other = World.seen("x", "zh", 80, 180, x -> x);
    var options = options(UNIFORM, List.of(0L), Method.RELATIVE);
    StitchReport report = run(List.of(X), List.of(X, other), options);
    assertTrue(report.anchors().get(0).ids().stream().allMatch(id -> other.train().contains(id)));
    assertEquals(3, report.results().size());
  }

  @Test
  void tooFewSharedIdsAreRefused() {
    EncodedDataset other = World.seen("x", "zh", 100, 200, x -> x);
    refused(
        "40 anchors cannot be chosen among 20 training samples",
        Kind.BAD_INPUT,
        () -> run(List.of(X), List.of(other), options(UNIFORM, List.of(0L), Method.RELATIVE)));
  }

  @Test
  void fixedAnchorsAreTakenAsTheyAre() {
    var anchors = new Anchors(X.train().ids().subList(0, 30), "mine", 9);
    StitchReport report = grid(AnchorChoice.fixed(anchors), Method.RELATIVE);
    assertEquals(List.of(anchors, anchors), report.anchors());
    var foreign = new Anchors(List.of("s1", "nowhere"), "mine", 9);
    refused(
        "anchor 'nowhere' is not among", () -> grid(AnchorChoice.fixed(foreign), Method.RELATIVE));
  }

  @Test
  void otherWidthsAreNotedOnceAndMeasuredByTheOtherMethods() {
    EncodedDataset narrow =
        World.seen("n", "en", 0, World.TRAIN, x -> Matrices.of(x.rows(), 9, x::get));
    StitchReport report =
        run(
            List.of(narrow),
            List.of(X),
            options(UNIFORM, List.of(0L, 1L), Method.ABSOLUTE, Method.RELATIVE, Method.PROCRUSTES));
    assertEquals(
        List.of("absolute: n gives 9 values, x-head reads 12: not possible"), report.notes());
    assertEquals(List.of(), report.cell("n", "x-head", Method.ABSOLUTE));
    assertTrue(report.stitched(Method.ABSOLUTE, Metric.ACCURACY).isEmpty());
    assertTrue(report.kept(Method.ABSOLUTE).isEmpty());
    assertTrue(stitched(report, Method.RELATIVE) > .8);
    assertTrue(stitched(report, Method.PROCRUSTES) > .8);
  }

  @Test
  void otherClassesAreRefusedWhereverTheyAre() {
    List<String> classes = List.of("a", "b", "c", "d", "f");
    LatentSpace train = World.space("x", "fr", "train", classes, 0, World.TRAIN, x -> x);
    var french = new EncodedDataset(train, train);
    var options = options(UNIFORM, List.of(0L), Method.RELATIVE);
    String message = "data set 'fr' has classes [a, b, c, d, f] but 'en' has [a, b, c, d, e]";
    refused(message, Kind.BAD_INPUT, () -> run(List.of(X, french), List.of(X), options));
    refused(message, Kind.BAD_INPUT, () -> run(List.of(X), List.of(X, french), options));
  }

  @Test
  void nothingToDoIsRefused() {
    refused("at least 1 method and 1 seed", Kind.USAGE, () -> options(UNIFORM, List.of(0L)));
    refused(
        "at least 1 method and 1 seed",
        Kind.USAGE,
        () -> options(UNIFORM, List.of(), Method.RELATIVE));
  }

  @Test
  void spreadIsTheSampleStandardDeviation() {
    var three = Spread.of(new double[] {.5, .7, .9});
    assertEquals(.7, three.mean(), 1e-12);
    assertEquals(.2, three.std().orElseThrow(), 1e-12);
    assertEquals(3, three.count());
    assertTrue(Spread.of(new double[] {.5}).std().isEmpty());
  }

  @Test
  void predictionsAreTheLargestScores() {
    FloatMatrix own = X.train().vectors().rowRange(0, 40);
    Stitching stitching = StitchingTest.stitching(Method.RELATIVE, own);
    FloatMatrix scores = stitching.decode(X.test().vectors());
    assertEquals(World.CLASSES.size(), scores.columns());
    assertEquals(
        Arrays.toString(scores.argMaxRows()),
        Arrays.toString(stitching.predict(X.test().vectors())));
  }
}
