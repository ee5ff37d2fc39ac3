// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.internal.train.Objective;
import io.github.djlstitch.core.internal.train.Seeds;
import io.github.djlstitch.encoders.internal.graph.GraphTensors;
import io.github.djlstitch.encoders.internal.graph.GraphTraining;
import io.github.djlstitch.zoo.internal.data.NodeData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Cross-entropy over the train nodes of one graph, all in one step an epoch. */
final class NodeObjective implements Objective {
  private final NodeClassifier network;
  private final GraphTensors graph;
  private final GraphTraining training;
  private final NodeSplit split;
  private final int[] labels;
  private final NDArray targets; // (N, C), each train row sums to 1 over their number
  private final NDArray anchors;
  private final Optional<NDList> reference;
  private final long seed;
  private final List<NodeEpoch> epochs = new ArrayList<>();

  NodeObjective(
      NodeClassifier network,
      NodeData data,
      NodeSplit split,
      int[] anchors,
      Optional<NodeReference> reference,
      long seed,
      NDManager manager) {
    this.network = network;
    this.split = split;
    this.labels = data.labels();
    this.seed = seed;
    this.graph = GraphTensors.of(data.graph(), network.encoder().options().convolution(), manager);
    this.training = GraphTraining.of(network.encoder(), graph, manager);
    this.targets = targets(data.classes(), manager);
    // An absolute classifier reads none, but an empty array cannot be made.
    this.anchors = NodeReference.indices(manager, anchors.length == 0 ? new int[1] : anchors);
    this.reference = reference.map(r -> r.tensors(manager));
  }

  private NDArray targets(int classes, NDManager manager) {
    float[] values = new float[labels.length * classes];
    for (int row : split.train()) {
      values[row * classes + labels[row]] = 1f / split.train().length;
    }
    return manager.create(values, new Shape(labels.length, classes));
  }

  /** Returns the measurements after each epoch, in order. */
  List<NodeEpoch> epochs() {
    return epochs;
  }

  @Override
  public Block network() {
    return network;
  }

  @Override
  public int steps() {
    return 1;
  }

  @Override
  public NDArray loss(ParameterStore store, NDManager scope, int epoch, int step) {
    NDArray nodes = training.forward(store, scope, Seeds.of(seed, epoch)); // (N, D)
    NDArray scores = network.scores(store, nodes, anchors, true); // (N, C)
    NDArray loss = scores.logSoftmax(1).mul(targets).sum().neg(); // ()
    return training.attach(store, scope, loss);
  }

  @Override
  public OptionalDouble score(ParameterStore store, NDManager scope) {
    NDArray nodes = nodes(store, scope); // (N, D)
    long[] chosen = network.scores(store, nodes, anchors, false).argMax(1).toLongArray();
    var similarity = OptionalDouble.empty();
    if (reference.isPresent()) {
      double value = NodeReference.similarity(nodes, reference.get());
      similarity = Double.isFinite(value) ? OptionalDouble.of(value) : similarity;
    }
    var test =
        split.test().length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(accuracy(chosen, split.test()));
    var epoch =
        new NodeEpoch(
            accuracy(chosen, split.validation()),
            accuracy(chosen, split.half(0)),
            accuracy(chosen, split.half(1)),
            test,
            similarity);
    epochs.add(epoch);
    return OptionalDouble.of(epoch.validation());
  }

  /** All nodes' vectors in evaluation mode, shape (N, D). */
  NDArray nodes(ParameterStore store, NDManager scope) {
    NDList inputs = graph.list(); // features, then edges
    inputs.tempAttach(scope);
    return network.encoder().forward(store, inputs, false).head();
  }

  private double accuracy(long[] chosen, int[] rows) {
    int hits = 0;
    for (int row : rows) {
      hits += chosen[row] == labels[row] ? 1 : 0;
    }
    return (double) hits / rows.length;
  }
}
