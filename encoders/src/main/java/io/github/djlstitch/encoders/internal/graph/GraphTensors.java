// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * A graph on the engine, as the networks of one convolution read it: features (N, F), their
 * transpose, and the propagation (N, N). Read-only, so any number of networks may share it.
 */
public final class GraphTensors {
  private final Graph graph;
  private final Convolution convolution;
  private final NDList tensors;

  private GraphTensors(Graph graph, Convolution convolution, NDList tensors) {
    this.graph = graph;
    this.convolution = convolution;
    this.tensors = tensors;
  }

  /** Copies a graph to the engine; the manager owns the copy. */
  public static GraphTensors of(Graph graph, Convolution convolution, NDManager manager) {
    SparseMatrix features = graph.features();
    NDList tensors = features.tensors(manager); // of the features
    tensors.addAll(features.transposed().tensors(manager).subNDList(0, 2));
    NDArray order = manager.create(features.transposition()); // (entries)
    tensors.add(order.toType(DataType.INT64, false));
    order.close();
    tensors.addAll(convolution.propagation(graph).tensors(manager));
    return new GraphTensors(graph, convolution, tensors);
  }

  /** The graph. */
  public Graph graph() {
    return graph;
  }

  /** Returns the convolution that its propagation matrix was prepared for. */
  public Convolution convolution() {
    return convolution;
  }

  /** The input of a {@link GraphNetwork}; do not close it. */
  public NDList list() {
    return new NDList(tensors);
  }
}
