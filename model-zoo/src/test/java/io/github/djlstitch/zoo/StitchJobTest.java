// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.HeadTrainer;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.hub.HubOptions;
import io.github.djlstitch.zoo.internal.data.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StitchJobTest {
  @TempDir static Path cache;
  @TempDir Path folder;

  private static StitchJob job(List<String> encoders, List<String> decoders) {
    HeadOptions head = HeadOptions.defaults();
    return new StitchJob(
        encoders,
        decoders,
        "wordnet",
        "wordnet",
        DatasetOptions.defaults(),
        StitchDefaults.options(head.head()),
        head,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aJobKeepsItsOwnNames() {
    List<String> names = new ArrayList<>(List.of("minilm"));
    StitchJob job = job(names, names);
    names.add("bge-small");
    assertEquals(List.of("minilm"), job.encoders());
    assertEquals(List.of("minilm"), job.decoders());
  }

  /** Two classes that any sentence encoder tells apart. */
  private Path csv(String name, int lines) throws IOException {
    String rows =
        IntStream.range(0, lines)
            .mapToObj(i -> name + i + "," + i + (i % 2 == 0 ? " cats,animal" : " ships,vehicle"))
            .collect(Collectors.joining("\n", "id,text,label\n", "\n"));
    return Files.writeString(folder.resolve(name), rows);
  }

  private ModelZoo zoo() {
    var options = ZooOptions.in(cache);
    return ModelZoo.open(options.withHub(options.hub().withOffline(true)));
  }

  private static double stitched(StitchJob.Outcome outcome) {
    return outcome.report().stitched(Method.RELATIVE, Metric.ACCURACY).orElseThrow().mean();
  }

  private static StitchRunner.Options tenAnchors(HeadOptions head) {
    StitchRunner.Options usual = StitchDefaults.options(head.head());
    return new StitchRunner.Options(
        List.of(Method.RELATIVE),
        usual.similarity(),
        usual.centering(),
        usual.bridges(),
        StitchRunner.AnchorChoice.by(AnchorSelector.named("uniform"), 10),
        usual.head(),
        usual.seeds());
  }

  private StitchJob job(
      Path data,
      Optional<ClassifierHead> saved,
      Optional<String> anchorsFrom,
      Optional<StitchJob.Curve> curve) {
    HeadOptions head = HeadOptions.defaults();
    String name = "csv:" + data;
    return new StitchJob(
        List.of("minilm"),
        List.of("bge-small"),
        name,
        name,
        DatasetOptions.defaults(),
        tenAnchors(head),
        head,
        saved,
        anchorsFrom,
        curve);
  }

  @Test
  void aJobStitchesAndDrawsItsCurve() throws IOException {
    var curve = new StitchJob.Curve(AnchorSelector.named("uniform"), List.of(5, 10), 10);
    StitchJob job =
        job(
            csv("pets.csv", 100),
            Optional.empty(),
            Optional.of("csv:" + csv("anchors.csv", 80)),
            Optional.of(curve));
    StitchJob.Outcome outcome = job.run(zoo(), Progress.NONE);
    assertEquals(20, outcome.dataset().test().size());
    assertEquals(List.of(5, 10), outcome.curve().orElseThrow().counts());
    assertEquals(outcome.curve().orElseThrow().at(10).orElseThrow(), outcome.report());
    assertTrue(
        outcome.report().anchors().get(0).ids().stream().allMatch(i -> i.startsWith("anchors")));
    assertEquals(1, stitched(outcome), .1);
    assertTrue(outcome.totalSeconds() >= outcome.encodeSeconds());
  }

  @Test
  void aSavedHeadServesAnyDataWithItsClasses() throws IOException {
    Path data = csv("pets.csv", 100);
    ModelZoo zoo = zoo();
    HeadOptions how = HeadOptions.defaults();
    var recipe =
        new HeadRecipe(
            DecoderSpec.Reads.RELATIVE, Similarity.cosine(), Centering.ANCHORS, how.head(), 0);
    ClassifierHead head =
        new HeadJob(
                "bge-small",
                "csv:" + data,
                DatasetOptions.defaults(),
                Optional.empty(),
                tenAnchors(how).anchors(),
                recipe,
                how)
            .run(zoo);
    assertEquals(1, Objects.requireNonNull(head.metrics().get(HeadJob.TEST_ACCURACY)), .1);
    assertEquals(DatasetOptions.defaults(), HeadJob.reading(head));
    for (Path served : List.of(data, csv("more.csv", 120))) {
      StitchJob job = job(served, Optional.of(head), Optional.empty(), Optional.empty());
      StitchReport report = job.run(zoo, Progress.NONE).report();
      assertEquals(1, report.stitched(Method.RELATIVE, Metric.ACCURACY).orElseThrow().mean(), .1);
      assertEquals(head.spec().anchors().ids(), report.anchors().get(0).ids());
    }
    ClassifierHead bare =
        HeadTrainer.train(
            head.spec(), FloatMatrix.of(4, 10, new float[40]), new int[] {0, 1, 0, 1}, how);
    StitchJob refused = job(data, Optional.of(bare), Optional.empty(), Optional.empty());
    var failure = assertThrows(StitchException.class, () -> refused.run(zoo, Progress.NONE));
    assertTrue(failure.getMessage().contains("has no anchors of its own"), failure.getMessage());
  }

  @Test
  void aJobNeedsBothEnds() {
    Failures.usage(() -> job(List.of(), List.of("minilm")), "0 encoders and 1 decoders");
    Failures.usage(() -> job(List.of("minilm"), List.of()), "1 encoders and 0 decoders");
  }

  @Test
  void aCurveNeedsNumbersOfAnchors() {
    var uniform = AnchorSelector.named("uniform");
    List<Integer> counts = new ArrayList<>(List.of(10, 30));
    var curve = new StitchJob.Curve(uniform, counts, 30);
    counts.add(100);
    assertEquals(List.of(10, 30), curve.counts());
    Failures.usage(() -> new StitchJob.Curve(uniform, List.of(), 30), "at least 1");
    Failures.usage(() -> new StitchJob.Curve(uniform, List.of(0), 30), "[0]");
  }

  @Test
  void aZooKeepsAllBelowItsCacheUnlessToldOtherwise() {
    ZooOptions own = ZooOptions.in(Path.of("here"));
    assertEquals(Path.of("here"), own.cache());
    assertEquals(Path.of("here", "hub"), own.hub().cache());
    var python = HubOptions.from(Map.of("HF_HUB_CACHE", "/shared"), Path.of("/home"));
    assertEquals(Path.of("/shared"), own.withHub(python).hub().cache());
    assertEquals(own.encoders(), own.withHub(python).encoders());
  }
}
