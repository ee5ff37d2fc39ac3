// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.hub.HubOptions;
import io.github.djlstitch.zoo.internal.data.Failures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StitchJobTest {
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
    ModelZoo.Options own = ModelZoo.Options.in(Path.of("here"));
    assertEquals(Path.of("here"), own.cache());
    assertEquals(Path.of("here", "hub"), own.hub().cache());
    var python = HubOptions.from(Map.of("HF_HUB_CACHE", "/shared"), Path.of("/home"));
    assertEquals(Path.of("/shared"), own.withHub(python).hub().cache());
    assertEquals(own.encoders(), own.withHub(python).encoders());
  }
}
