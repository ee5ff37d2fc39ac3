// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeExperimentsTest {
  @TempDir Path folder;
  private final List<String> tasks = new ArrayList<>();

  // Two groups: most edges are inside, and words tell them apart.
  @BeforeEach
  void someGraph() throws IOException {
    var random = new Random(1);
    var nodes = new StringBuilder("node,label,split,words\n");
    var edges = new StringBuilder("source,target\n");
    for (int i = 0; i < 40; i++) {
      nodes.append(i + "," + i % 2 + ",none," + (i % 2 * 3 + random.nextInt(3)) + "\n");
      edges.append(i + "," + (2 * random.nextInt(20) + i % 2) + "\n");
    }
    Path cora = Files.createDirectories(folder.resolve("planetoid/cora"));
    Files.writeString(cora.resolve("nodes.csv"), nodes);
    Files.writeString(cora.resolve("edges.csv"), edges);
  }

  private Lab lab() {
    return TestLab.keepingIn(folder.resolve("cache"))
        .data(folder)
        .seeds(0, 1)
        .progress((task, done, total) -> tasks.add(task))
        .open();
  }

  @Test
  void proxyExperimentPlotsEachModelAndKeepsIt() {
    var experiment = new Figure3(10, 8);
    Findings first = experiment.run(lab());
    var rows = first.tables().get(0).rows();
    long kept = Math.round(rows.get(1).get(1).value().orElseThrow());
    var scatter = (Figure.Scatter) first.figures().get(0);
    long drawn = scatter.panels().get(0).groups().stream().mapToLong(g -> g.points().size()).sum();
    assertEquals(kept, drawn);
    assertTrue(kept >= 7 && kept <= 10, "kept " + kept);
    assertTrue(first.notes().stream().anyMatch(n -> n.startsWith(10 - kept + " of 10 models")));
    assertEquals("0.955", rows.get(0).get(3).shown());
    assertEquals(2, first.claims().size());
    tasks.clear();
    assertEquals(first, experiment.run(lab()));
    assertFalse(tasks.stream().anyMatch(t -> t.startsWith("train model")), tasks.toString());
  }

  @Test
  void anchorsGoAsFarAsTheGraph() {
    Findings found = new Figure6Trained().run(lab());
    var table = found.tables().get(0);
    assertEquals(
        List.of("1", "2", "4", "8", "16"),
        table.rows().stream().map(r -> r.get(0).shown()).toList());
    table.rows().forEach(r -> assertEquals("1", r.get(4).shown()));
    var lines = (Figure.Lines) found.figures().get(0);
    assertTrue(lines.logarithmic());
    assertEquals(2, lines.curves().size());
  }
}
