// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.script.ScriptPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The paper's text classifier (Moschella et al. 2023, official code): layer norm, 768, SiLU, batch
 * norm, 768, SiLU, batch norm, C. Two differences, on purpose: the official head normalizes over
 * the test batch too, so that its answer for a sample depends on the others, while this one uses
 * the running statistics of training; and it ends in a ReLU over the class scores, which this one
 * leaves out.
 *
 * @param tensors weights under their names; vectors are matrices of one row
 */
record MlpWeights(Map<String, FloatMatrix> tensors) implements HeadWeights {
  static final int HIDDEN = 768;
  private static final List<String> LAYERS =
      List.of("norm", "fc1", "silu1", "bn1", "fc2", "silu2", "bn2", "out");
  private static final String FIRST = "fc1.weight";
  private static final String LAST = "out.weight";

  MlpWeights {
    tensors = Map.copyOf(tensors);
    if (!tensors.containsKey(FIRST) || !tensors.containsKey(LAST)) {
      throw StitchException.badInput(
          "an MLP head needs tensors '%s' and '%s' but has %s", FIRST, LAST, tensors.keySet());
    }
  }

  /** The untrained network; its children are in the order of the layers' names. */
  static SequentialBlock network(int classes) {
    return new SequentialBlock()
        .add(LayerNorm.builder().build())
        .add(Linear.builder().setUnits(HIDDEN).build())
        .add(Activation.swishBlock(1f))
        .add(BatchNorm.builder().optCenter(false).optScale(false).build())
        .add(Linear.builder().setUnits(HIDDEN).build())
        .add(Activation.swishBlock(1f))
        .add(BatchNorm.builder().optCenter(false).optScale(false).build())
        .add(Linear.builder().setUnits(classes).build());
  }

  /** The network's parameters under the names they are saved by. */
  static Map<String, Parameter> parameters(SequentialBlock network) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (int i = 0; i < LAYERS.size(); i++) {
      Block layer = network.getChildren().valueAt(i);
      for (Parameter parameter : layer.getDirectParameters().values()) {
        parameters.put(LAYERS.get(i) + "." + parameter.getName(), parameter);
      }
    }
    return parameters;
  }

  /** A heap copy of a trained network's parameters. */
  static MlpWeights copyOf(SequentialBlock network) {
    Map<String, FloatMatrix> tensors = new LinkedHashMap<>();
    parameters(network)
        .forEach(
            (name, parameter) -> {
              Shape shape = parameter.getArray().getShape();
              int rows = shape.dimension() == 2 ? (int) shape.get(0) : 1;
              float[] values = parameter.getArray().toFloatArray();
              tensors.put(name, FloatMatrix.wrap(rows, values.length / rows, values));
            });
    return new MlpWeights(tensors);
  }

  @Override
  public Block block(NDManager manager) {
    SequentialBlock network = network(classes());
    parameters(network)
        .forEach((name, p) -> p.setInitializer((m, shape, type) -> place(m, name, shape)));
    network.initialize(manager, DataType.FLOAT32, new Shape(1, width()));
    return network;
  }

  @Override
  public ScriptPart script() {
    return new HeadScript()
        .layerNorm(tensor("norm.gamma"), tensor("norm.beta"))
        .linear(tensor(FIRST), tensor("fc1.bias"))
        .silu()
        .normalized(tensor("bn1.runningMean"), tensor("bn1.runningVar"))
        .linear(tensor("fc2.weight"), tensor("fc2.bias"))
        .silu()
        .normalized(tensor("bn2.runningMean"), tensor("bn2.runningVar"))
        .linear(tensor(LAST), tensor("out.bias"))
        .part(); // (B, C)
  }

  private NDArray place(NDManager manager, String name, Shape shape) {
    FloatMatrix values = tensors.get(name);
    if (values == null || (long) values.rows() * values.columns() != shape.size()) {
      throw StitchException.badInput(
          "an MLP head needs tensor '%s' of shape %s but has %s", name, shape, values);
    }
    return manager.create(values.toArray(), shape);
  }

  @Override
  public int width() {
    return tensor(FIRST).columns();
  }

  @Override
  public int classes() {
    return tensor(LAST).rows();
  }

  private FloatMatrix tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }
}
