// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.experiments.Experiment;
import io.github.djlstitch.experiments.Experiments;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReproduceCommandTest {
  @Test
  void withoutIdListsEveryExperiment() {
    Run run = Run.of("reproduce").ok().narrow();
    for (Experiment experiment : Experiments.ALL) {
      assertTrue(run.out().contains(experiment.card().title()), experiment.card().id());
    }
  }

  @Test
  void unknownIdIsRefused() {
    Run.of("reproduce", "tabel3").refused(2, "no experiment 'tabel3'", "stitch reproduce");
  }

  @Test
  void idsAreUniqueAndTitlesShort() {
    List<String> ids =
        Experiments.ALL.stream()
            .flatMap(e -> Stream.concat(Stream.of(e.card().id()), e.card().aliases().stream()))
            .toList();
    assertEquals(ids.size(), ids.stream().distinct().count(), ids.toString());
    for (Experiment experiment : Experiments.ALL) {
      assertTrue(experiment.card().title().length() <= 50, experiment.card().title());
      assertTrue(experiment.card().minutes() <= 15, experiment.card().id());
    }
  }

  @Test
  void mistakesAreToldBeforeAnythingSlow() {
    Run.of("reproduce", "tabel5").refused(2, "did you mean 'table5'?");
    Run.of("reproduce", "table5", "--data", "/no/such/folder")
        .refused(3, "--data '/no/such/folder' is not a folder");
  }

  @Test
  void negativeCountIsRefused() {
    Run.of("reproduce", "table5", "--seeds", "0").refused(2);
  }
}
