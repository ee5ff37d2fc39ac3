// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.graph.GraphNetworkOptions.Nonlinearity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network over the nodes of one graph as a DJL block: the list of {@link GraphTensors} to node
 * vectors (N, O). GCNII and GIN: dropout, linear, activation; then for each layer dropout,
 * convolution, activation; then linear. GCN: its convolutions alone, the first from the features,
 * the last to the output.
 *
 * <p>Initial values come from a seed, as PyTorch Geometric draws them: Glorot uniform for GCN and
 * GCNII, uniform within one over the root of the inputs for linear layers. Gradients flow through
 * {@link #forward} by the engine's autograd; {@link GraphTraining} is the fast way.
 */
public final class GraphNetwork extends AbstractBlock {
  private static final byte VERSION = 1;

  private final GraphNetworkOptions options;
  private final int outputs;
  private final long seed;
  private final List<Parameter> slots = new ArrayList<>(); // six; of what it lacks, another one
  private final List<Integer> present = new ArrayList<>();

  private GraphNetwork(GraphNetworkOptions options, int features, int outputs, long seed) {
    super(VERSION);
    this.options = options;
    this.outputs = outputs;
    this.seed = seed;
    int width = options.width();
    int inner = options.inner();
    boolean gcnii = options.convolution() == Convolution.GCNII;
    slot("first.weight", true, features, width);
    slot("first.bias", true, width);
    slot("layers.weight", inner > 0, inner, width, width);
    slot("layers.bias", inner > 0 && !gcnii, inner, width);
    slot("last.weight", true, outputs, width);
    slot("last.bias", true, outputs);
  }

  /**
   * An untrained network; {@code initialize} gives it its values, on any shapes.
   *
   * @param features F of the graphs that it reads, at least 1
   * @param outputs O, at least 1
   * @param seed of the initial values
   */
  public static GraphNetwork of(GraphNetworkOptions options, int features, int outputs, long seed) {
    if (features < 1 || outputs < 1) {
      throw StitchException.usage(
          "a graph network from %d features to %d outputs; expected at least 1 of each",
          features, outputs);
    }
    return new GraphNetwork(options, features, outputs, seed);
  }

  private void slot(String name, boolean has, long... shape) {
    if (!has) {
      slots.add(slots.get(0));
      return;
    }
    var type = name.endsWith("bias") ? Parameter.Type.BIAS : Parameter.Type.WEIGHT;
    present.add(slots.size());
    slots.add(
        addParameter(
            Parameter.builder().setName(name).setType(type).optShape(new Shape(shape)).build()));
  }

  /** Returns the network's options. */
  public GraphNetworkOptions options() {
    return options;
  }

  /** Draws the initial values from the seed; the shapes of inputs do not matter. */
  @Override
  public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
    var random = new SplittableRandom(seed);
    for (int i : present) {
      Parameter parameter = slots.get(i);
      if (!parameter.isInitialized()) {
        float bound = bound(i, parameter.getShape());
        parameter.setInitializer((m, shape, type) -> draw(m, shape, bound, random));
      }
    }
    super.initialize(manager, dataType, inputShapes);
  }

  private float bound(int slot, Shape shape) {
    boolean gcn = options.convolution() == Convolution.GCN;
    boolean glorot = gcn || (options.convolution() == Convolution.GCNII && slot == 2);
    int last = shape.dimension() - 1;
    if (shape.dimension() > 1 && glorot && slot % 2 == 0) {
      return (float) Math.sqrt(6.0 / (shape.get(last) + shape.get(last - 1)));
    }
    long inputs = slot < 2 ? slots.get(0).getShape().get(0) : options.width();
    return gcn ? 0 : (float) (1 / Math.sqrt((double) inputs));
  }

  private static NDArray draw(NDManager manager, Shape shape, float bound, SplittableRandom from) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * from.nextDouble() - 1) * bound;
    }
    return manager.create(values, shape);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDManager manager = inputs.head().getManager();
    var leading = new NDList(constants(manager), manager.create(training));
    return GraphProgram.PROGRAM.run("embed", training, leading, arguments(store, inputs, training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), outputs)};
  }

  /** Lists the graph's tensors, then the six parameters, as the program takes them. */
  NDList arguments(ParameterStore store, NDList graph, boolean training) {
    var arguments = new NDList(graph);
    for (Parameter slot : slots) {
      arguments.add(store.getValue(slot, graph.head().getDevice(), training));
    }
    return arguments;
  }

  /** Lists the indices of the network's parameters among the six. */
  List<Integer> present() {
    return present;
  }

  NDArray constants(NDManager manager) {
    int inner = options.inner();
    double[] c = new double[6 + inner];
    c[0] = options.convolution().alpha();
    c[1] = options.dropout();
    c[2] = options.hidden() == Nonlinearity.TANH ? 1 : 0;
    c[3] = options.between() == Nonlinearity.TANH ? 1 : 0;
    c[4] = options.convolution() == Convolution.GCN ? 1 : 0;
    c[5] = inner;
    for (int layer = 0; layer < inner; layer++) {
      c[6 + layer] = options.convolution().beta(layer);
    }
    return manager.create(c);
  }
}
