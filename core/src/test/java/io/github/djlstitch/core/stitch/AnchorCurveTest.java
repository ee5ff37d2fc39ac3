// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AnchorCurveTest {
  private static final List<EncodedDataset> SPACES =
      List.of(World.rotated("x", 0), World.rotated("y", 1));

  private static StitchRunner.Options options(StitchRunner.AnchorChoice anchors) {
    return new StitchRunner.Options(
        List.of(Method.RELATIVE, Method.COORDINATES),
        Similarity.cosine(),
        Centering.ANCHORS,
        BridgeOptions.defaults().withLambda(.1),
        anchors,
        DecoderSpec.Head.of("mean"),
        List.of(0L, 1L));
  }

  private static AnchorCurve curve(Progress progress, Integer... counts) {
    var ignored = StitchRunner.AnchorChoice.by(AnchorSelector.UNIFORM, 7);
    return AnchorCurve.run(
        SPACES,
        SPACES,
        options(ignored),
        AnchorSelector.STRATIFIED,
        List.of(counts),
        World::nearestMean,
        progress);
  }

  @Test
  void eachPointIsTheRunWithSoManyAnchors() {
    AnchorCurve curve = curve(Progress.NONE, 40, 10, 40);
    assertEquals(List.of(10, 40), curve.counts());
    assertEquals(List.of(Method.RELATIVE, Method.COORDINATES), curve.methods());
    assertEquals(Optional.empty(), curve.at(7));
    for (int count : curve.counts()) {
      StitchReport found = curve.at(count).orElseThrow();
      var choice = StitchRunner.AnchorChoice.by(AnchorSelector.STRATIFIED, count);
      StitchReport alone =
          StitchRunner.run(SPACES, SPACES, options(choice), World::nearestMean, Progress.NONE);
      assertEquals(alone.anchors(), found.anchors());
      assertEquals(List.of(count, count), found.anchors().stream().map(Anchors::count).toList());
      for (Method method : curve.methods()) {
        for (Metric metric : List.of(Metric.ACCURACY, Metric.F1_MACRO)) {
          assertEquals(alone.stitched(method, metric), found.stitched(method, metric));
          assertEquals(alone.own(method, metric), found.own(method, metric));
        }
      }
    }
  }

  private static Progress told(List<String> steps) {
    return new Progress() {
      @Override
      public void at(String task, long done, long total) {
        at(task, "no detail", done, total);
      }

      @Override
      public void at(String task, String detail, long done, long total) {
        steps.add("%s, %s %d/%d".formatted(task, detail, done, total));
      }
    };
  }

  @Test
  void whatCannotBeChosenIsRefusedBeforeAnythingIsRun() {
    List<String> steps = new ArrayList<>();
    Progress progress = told(steps);
    refused(
        "121 anchors cannot be chosen among 120",
        Kind.BAD_INPUT,
        () -> curve(progress, 10, 121, 40));
    assertEquals(List.of(), steps);
    curve(progress, 10, 40);
    // By hand: 2 numbers, 2 seeds, 2 decoders, for each 1 head it reads twice and 2 x 2 ways.
    assertEquals("curve, 40 anchors, relative head of x 0/48", steps.get(0));
    assertEquals("curve, 10 anchors 48/48", steps.get(steps.size() - 1));
    assertEquals(50, steps.size());
  }

  @Test
  void aCurveHasPointsThatDoNotChange() {
    refused("at least 1 number of anchors", Kind.USAGE, () -> curve(Progress.NONE));
    var reports = new TreeMap<>(curve(Progress.NONE, 20).reports());
    var curve = new AnchorCurve(reports);
    reports.clear();
    assertEquals(List.of(20), curve.counts());
    assertThrows(UnsupportedOperationException.class, () -> curve.reports().clear());
  }
}
