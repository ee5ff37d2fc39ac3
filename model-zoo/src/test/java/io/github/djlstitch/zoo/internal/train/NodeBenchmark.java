// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.zoo.internal.data.NodeData;
import io.github.djlstitch.zoo.internal.data.NodeFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Time of 200 epochs of the classic GCN on a citation graph, the published split. Not part of the
 * tests: run it with {@code -Pbench -Dtest=NodeBenchmark -Dbench.graph=FOLDER}.
 */
class NodeBenchmark {
  @TempDir Path cache;

  @Test
  void gcn() {
    NodeData data = NodeFiles.read(Path.of(System.getProperty("bench.graph")));
    TrainedStore trained = TrainedStore.in(cache, warning -> {});
    var runs = NodeRunStore.in(cache, warning -> {});
    var classifiers = NodeClassifiers.in(trained, runs, Progress.NONE);
    for (long seed = 0; seed < 3; seed++) {
      NodeRun run =
          classifiers.train(
              "gcn", data, NodeSplit.published(data), NodeRecipe.gcn(), seed, Optional.empty());
      System.out.printf(
          "GCN on %s, seed %d: %d epochs in %.1f s, test accuracy %.3f%n",
          data.name(), seed, run.epochs().size(), run.seconds(), run.best().test().orElseThrow());
    }
  }
}
