// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.train.FitOptions;
import io.github.djlstitch.core.internal.train.UpdateRule;
import io.github.djlstitch.encoders.internal.graph.Convolution;
import io.github.djlstitch.encoders.internal.graph.GraphNetworkOptions;
import io.github.djlstitch.encoders.internal.graph.GraphNetworkOptions.Nonlinearity;
import io.github.djlstitch.zoo.internal.data.NodeData;
import io.github.djlstitch.zoo.internal.data.NodeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeClassifiersTest {
  private static final int NODES = 120;
  private static final int CLASSES = 3;

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();
  private NodeData data;

  // Three groups: most edges are inside, and words hint at the group.
  @BeforeEach
  void someGraph() throws IOException {
    var random = new Random(1);
    var nodes = new StringBuilder("node,label,split,words\n");
    var edges = new StringBuilder("source,target\n");
    for (int i = 0; i < NODES; i++) {
      int label = i % CLASSES;
      String part = i < 30 ? "train" : i < 60 ? "val" : "test";
      int word = random.nextInt(3) == 0 ? random.nextInt(9) : label * 3 + random.nextInt(3);
      nodes.append(i + "," + label + "," + part + "," + word + " " + (9 + i % 5) + "\n");
      for (int k = 0; k < 3; k++) {
        int other = random.nextInt(NODES / CLASSES) * CLASSES + label;
        edges.append(i + "," + (random.nextInt(8) == 0 ? random.nextInt(NODES) : other) + "\n");
      }
    }
    Path graph = Files.createDirectories(folder.resolve("groups"));
    Files.writeString(graph.resolve("nodes.csv"), nodes);
    Files.writeString(graph.resolve("edges.csv"), edges);
    data = NodeFiles.read(graph);
  }

  private NodeClassifiers in(String cache) {
    Path place = folder.resolve(cache);
    return NodeClassifiers.in(
        TrainedStore.in(place, warnings::add),
        NodeRunStore.in(place, warnings::add),
        Progress.NONE);
  }

  private NodeRun train(NodeClassifiers classifiers, NodeRecipe recipe) {
    return classifiers.train("train", data, NodeSplit.tenth(data, 0), recipe, 5, Optional.empty());
  }

  @Test
  void absoluteRelativeAndClassicNetworksLearn() {
    var classifiers = in("cache");
    for (var recipe :
        List.of(NodeRecipe.gcnii(4, 16, 0, 30, 0), NodeRecipe.gcnii(4, 16, 24, 120, 0))) {
      var run = train(classifiers, recipe);
      assertTrue(run.best().validation() > 0.7, recipe.describe() + ": " + run.best());
      assertTrue(run.heldOut() <= run.best().validation() && run.heldOut() > 0.5);
    }
    var classic =
        classifiers.train(
            "gcn", data, NodeSplit.published(data), NodeRecipe.gcn(), 0, Optional.empty());
    assertEquals(200, classic.epochs().size());
    assertTrue(classic.best().test().orElseThrow() > 0.8, classic.best().toString());
  }

  @Test
  void sameSeedGivesTheSameResultsAndOthersWorkDoesNotMatter() {
    var recipe = NodeRecipe.gcnii(3, 16, 12, 12, 0);
    var first = train(in("one"), recipe);
    train(in("two"), NodeRecipe.gcnii(2, 8, 0, 3, 0));
    var second = train(in("two"), recipe);
    assertEquals(first.epochs(), second.epochs());
    assertFalse(second.cached());
    var kept = train(in("one"), recipe);
    assertTrue(kept.cached());
    assertEquals(first.epochs(), kept.epochs());
  }

  @Test
  void damagedResultsAreMadeAgain() throws IOException {
    var recipe = NodeRecipe.gcnii(2, 8, 0, 3, 0);
    var first = train(in("cache"), recipe);
    try (var files = Files.list(folder.resolve("cache/node-runs"))) {
      Files.writeString(files.findFirst().orElseThrow(), "{\"schema\": \"1\"");
    }
    assertEquals(first.epochs(), train(in("cache"), recipe).epochs());
    assertEquals(1, warnings.size());
  }

  @Test
  void modelIsMostSimilarToItself() {
    var split = NodeSplit.tenth(data, 0);
    int[] anchors = split.drawTrain(20, 0);
    var recipe = NodeRecipe.gcnii(3, 16, 0, 10, 0);
    var reference = in("a").reference("reference", data, split, recipe, 5, anchors);
    var again = in("a").reference("reference", data, split, recipe, 5, anchors);
    assertEquals(reference.sha256(), again.sha256());
    var itself = in("a").train("it", data, split, recipe, 5, Optional.of(reference));
    var other = in("a").train("other", data, split, recipe, 6, Optional.of(reference));
    assertEquals(1, itself.best().similarity().orElseThrow(), 1e-5);
    assertTrue(other.best().similarity().orElseThrow() < 0.9999);
  }

  @Test
  void divergedTrainingIsToldNotThrown() {
    var network =
        new GraphNetworkOptions(Convolution.GIN, 200, 16, Nonlinearity.RELU, Nonlinearity.RELU, 0);
    var fit = FitOptions.adam(5, 1, 0).withRule(UpdateRule.SGD);
    var run = train(in("cache"), new NodeRecipe(network, 0, fit));
    assertTrue(run.diverged(), run.toString());
    assertTrue(train(in("cache"), new NodeRecipe(network, 0, fit)).diverged());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    var split = NodeSplit.tenth(data, 0);
    assertThrows(StitchException.class, () -> split.drawTrain(NODES, 0));
    assertThrows(
        StitchException.class,
        () -> new NodeRecipe(GraphNetworkOptions.gcn(), 3, FitOptions.adam(1, 1, 0)));
    assertThrows(StitchException.class, () -> NodeGrid.models(0, 64, 0));
  }

  @Test
  void gridIsWholeAndItsPartsAreEven() {
    assertEquals(NodeGrid.SIZE, new HashSet<>(NodeGrid.models(NodeGrid.SIZE, 64, 0)).size());
    var part = NodeGrid.models(240, 64, 0);
    assertEquals(part, NodeGrid.models(400, 64, 0).subList(0, 240));
    List<Function<NodeGrid.Model, Object>> choices =
        List.of(
            m -> m.recipe().network().convolution(),
            m -> m.recipe().network().layers(),
            m -> m.recipe().network().dropout(),
            m -> m.recipe().network().hidden(),
            m -> m.recipe().network().between(),
            m -> m.recipe().fit().rule(),
            m -> m.recipe().fit().learningRate());
    for (var choice : choices) {
      var counts = part.stream().collect(Collectors.groupingBy(choice, Collectors.counting()));
      assertEquals(2, counts.size());
      counts.values().forEach(count -> assertEquals(120, count, 12));
    }
    var seeds =
        part.stream().collect(Collectors.groupingBy(NodeGrid.Model::seed, Collectors.counting()));
    assertEquals(List.of(48L, 48L, 48L, 48L, 48L), List.copyOf(seeds.values()));
  }
}
