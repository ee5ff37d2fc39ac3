// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.zoo.internal.data.NodeData;
import io.github.djlstitch.zoo.internal.data.NodeFiles;
import io.github.djlstitch.zoo.internal.train.NodeRecipe;
import io.github.djlstitch.zoo.internal.train.NodeRun;
import io.github.djlstitch.zoo.internal.train.NodeSplit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The rows of graphs in table 2: GCNII trained with and without a relative layer. */
final class NodeTable {
  static final String BEST = "best validation accuracy";
  static final String HELD_OUT = "held-out accuracy";

  private static final int ANCHORS = 300;
  private static final int PATIENCE = 100;

  private NodeTable() {}

  /** Both scores of a graph. */
  static List<Table2.Result> results(Lab lab, Path folder) {
    NodeData data = NodeFiles.read(folder);
    lab.uses("graph " + data.name(), data.sha256());
    int most = Math.min(lab.anchors(ANCHORS), data.labelled().length / 2);
    List<NodeRun> absolute = runs(lab, data, 0);
    List<NodeRun> relative = runs(lab, data, most);
    return List.of(
        result(data, BEST, absolute, relative, run -> run.best().validation()),
        result(data, HELD_OUT, absolute, relative, NodeRun::heldOut));
  }

  private static List<NodeRun> runs(Lab lab, NodeData data, int anchors) {
    String kind = anchors == 0 ? "absolute" : "relative";
    List<NodeRun> runs = new ArrayList<>();
    for (NodeRecipe recipe : recipes(lab, anchors)) {
      for (long seed : lab.seeds(3, 10)) {
        String task =
            "train %s GCNII of %d layers on %s, seed %d"
                .formatted(kind, recipe.network().layers(), data.name(), seed);
        var split = NodeSplit.tenth(data, seed);
        runs.add(Trainings.nodes(lab).train(task, data, split, recipe, seed, Optional.empty()));
      }
    }
    return runs;
  }

  // The paper pools networks of 32 and of 64 layers.
  private static List<NodeRecipe> recipes(Lab lab, int anchors) {
    return lab.full()
        ? List.of(
            NodeRecipe.gcnii(32, 300, anchors, 500, 0), NodeRecipe.gcnii(64, 300, anchors, 500, 0))
        : List.of(NodeRecipe.gcnii(32, 64, anchors, 300, PATIENCE));
  }

  private static Table2.Result result(
      NodeData data,
      String what,
      List<NodeRun> absolute,
      List<NodeRun> relative,
      ToDoubleFunction<NodeRun> score) {
    return new Table2.Result(data.name(), what, spread(absolute, score), spread(relative, score));
  }

  private static Spread spread(List<NodeRun> runs, ToDoubleFunction<NodeRun> score) {
    return Spread.of(runs.stream().filter(r -> !r.epochs().isEmpty()).mapToDouble(score).toArray());
  }
}
