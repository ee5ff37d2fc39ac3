// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.internal.train.RelativeLayer;
import io.github.djlstitch.encoders.internal.graph.Convolution;
import io.github.djlstitch.encoders.internal.graph.GraphNetwork;
import java.util.Optional;

/**
 * Graph network, relative layer or none, unit length, and a linear layer to class scores; of a GCN
 * the network alone.
 */
final class NodeClassifier extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final double SMALLEST = 1e-12; // PyTorch's normalize

  private final GraphNetwork encoder;
  private final Optional<RelativeLayer> relative;
  private final Optional<Block> head;
  private final int width;

  NodeClassifier(NodeRecipe recipe, int features, int classes, long seed) {
    super(VERSION);
    boolean alone = recipe.network().convolution() == Convolution.GCN;
    int anchors = recipe.anchors();
    int outputs = alone ? classes : recipe.network().width();
    this.encoder =
        addChildBlock("encoder", GraphNetwork.of(recipe.network(), features, outputs, seed));
    this.relative =
        anchors == 0
            ? Optional.empty()
            : Optional.of(
                addChildBlock("relative", RelativeLayer.of(anchors, RelativeLayer.Output.UNIT)));
    this.width = anchors == 0 ? outputs : anchors;
    this.head =
        alone
            ? Optional.empty()
            : Optional.of(addChildBlock("head", Linear.builder().setUnits(classes).build()));
  }

  GraphNetwork encoder() {
    return encoder;
  }

  /**
   * Class scores (N, C).
   *
   * @param nodes their vectors, shape (N, D)
   * @param anchors nodes that are anchors; not read by an absolute classifier
   */
  NDArray scores(ParameterStore store, NDArray nodes, NDArray anchors, boolean training) {
    NDArray read =
        relative
            .map(layer -> layer.forward(store, nodes, nodes.stopGradient().get(anchors), training))
            .orElse(nodes); // (N, D) or (N, M)
    return head.map(
            linear ->
                linear.forward(store, new NDList(read.normalize(2, 1, SMALLEST)), training).head())
        .orElse(read);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    encoder.initialize(manager, dataType, inputShapes);
    head.ifPresent(linear -> linear.initialize(manager, dataType, new Shape(1, width)));
  }

  /** The graph's tensors, and last the anchors, to scores. */
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList graph = inputs.subNDList(0, inputs.size() - 1); // features, then edges
    NDArray nodes = encoder.forward(store, graph, training).head(); // (N, D)
    return new NDList(scores(store, nodes, inputs.get(inputs.size() - 1), training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape nodes = encoder.getOutputShapes(inputShapes)[0];
    return head.map(linear -> linear.getOutputShapes(new Shape[] {new Shape(nodes.get(0), width)}))
        .orElse(new Shape[] {nodes});
  }
}
