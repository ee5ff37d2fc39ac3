// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.train.Fit;
import io.github.djlstitch.core.internal.train.Seeds;
import io.github.djlstitch.core.internal.train.TorchInitializer;
import io.github.djlstitch.zoo.internal.data.NodeData;
import java.util.Optional;

/**
 * Trains node classifiers, absolute or with a relative layer, and caches the results of each, and
 * the weights of those that others are compared with. Trainings run one at a time.
 */
public final class NodeClassifiers {
  private final TrainedStore networks;
  private final NodeRunStore runs;
  private final Progress progress;

  private NodeClassifiers(TrainedStore networks, NodeRunStore runs, Progress progress) {
    this.networks = networks;
    this.runs = runs;
    this.progress = progress;
  }

  /** Returns classifiers whose networks and results are cached in stores. */
  public static NodeClassifiers in(TrainedStore networks, NodeRunStore runs, Progress progress) {
    return new NodeClassifiers(networks, runs, progress);
  }

  /**
   * Trains a classifier, or reads its results from the cache. A training ends when its loss is no
   * longer finite, which its result states.
   *
   * @param task name for progress
   * @param reference to compare each epoch with, if there is one
   */
  public NodeRun train(
      String task,
      NodeData data,
      NodeSplit split,
      NodeRecipe recipe,
      long seed,
      Optional<NodeReference> reference) {
    String key =
        key(data, split, recipe, seed) + reference.map(r -> " reference=" + r.sha256()).orElse("");
    return runs.get(key, () -> fit(task, data, split, recipe, seed, reference));
  }

  private NodeRun fit(
      String task,
      NodeData data,
      NodeSplit split,
      NodeRecipe recipe,
      long seed,
      Optional<NodeReference> reference) {
    long start = System.nanoTime();
    try (NDManager manager = TensorBridge.newManager()) {
      var network = network(data, recipe, seed, manager);
      int[] anchors = anchors(split, recipe, seed);
      var objective = new NodeObjective(network, data, split, anchors, reference, seed, manager);
      boolean diverged = false;
      try {
        Fit.run(task, objective, recipe.fit().withSeed(seed), Optional.empty(), progress);
      } catch (StitchException e) {
        if (e.kind() != StitchException.Kind.BAD_INPUT) {
          throw e;
        }
        diverged = true; // a loss that is not finite is the only bad input there is
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new NodeRun(objective.epochs(), diverged, seconds, false);
    }
  }

  /**
   * The relative vectors of all nodes by a classifier that is trained or read from the cache, with
   * its best weights.
   *
   * @param anchors fixed nodes that all models are compared on
   */
  public NodeReference reference(
      String task, NodeData data, NodeSplit split, NodeRecipe recipe, long seed, int[] anchors) {
    try (NDManager manager = TensorBridge.newManager()) {
      var network = network(data, recipe, seed, manager);
      int[] own = anchors(split, recipe, seed);
      var objective = new NodeObjective(network, data, split, own, Optional.empty(), seed, manager);
      networks.get(
          "reference on " + data.name(),
          key(data, split, recipe, seed),
          network,
          checkpoint ->
              Fit.run(
                  task, objective, recipe.fit().withSeed(seed), Optional.of(checkpoint), progress));
      var store = new ParameterStore(manager, false);
      return NodeReference.of(objective.nodes(store, manager), anchors, manager);
    }
  }

  private static String key(NodeData data, NodeSplit split, NodeRecipe recipe, long seed) {
    return "%s seed=%d split=%s data=%s"
        .formatted(recipe.describe(), seed, split.describe(), data.sha256());
  }

  private static int[] anchors(NodeSplit split, NodeRecipe recipe, long seed) {
    return recipe.anchors() == 0
        ? new int[0]
        : split.drawTrain(recipe.anchors(), Seeds.of(seed, recipe.anchors()));
  }

  private static NodeClassifier network(
      NodeData data, NodeRecipe recipe, long seed, NDManager manager) {
    int features = data.graph().features().columns();
    var network = new NodeClassifier(recipe, features, data.classes(), seed);
    TorchInitializer.initialize(network, seed, manager, new Shape(data.graph().nodes()));
    return network;
  }
}
