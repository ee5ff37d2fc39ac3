// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.function.UnaryOperator;

/** Runs a block on heap matrices. Closing frees it. */
final class BlockProbe implements AutoCloseable {
  private final NDManager manager = TensorBridge.newManager();
  private final Block block;

  BlockProbe(Block block, int width) {
    this.block = block;
    Engine.getEngine("PyTorch").setRandomSeed(3);
    block.initialize(manager, DataType.FLOAT32, new Shape(1, width));
  }

  FloatMatrix forward(FloatMatrix x, boolean training) {
    NDArray in = TensorBridge.toTensor(manager, x); // (B, D)
    var store = new ParameterStore(manager, false);
    return TensorBridge.toMatrix(block.forward(store, new NDList(in), training).head());
  }

  /** The gradient of the sum of outputs times weights with respect to the input. */
  FloatMatrix gradient(FloatMatrix x, FloatMatrix weights) {
    NDArray in = TensorBridge.toTensor(manager, x).duplicate(); // (B, D)
    in.setRequiresGradient(true);
    NDArray w = TensorBridge.toTensor(manager, weights); // (B, K)
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      var store = new ParameterStore(manager, false);
      NDArray out = block.forward(store, new NDList(in), true).head(); // (B, K)
      collector.backward(out.mul(w).sum());
    }
    return TensorBridge.toMatrix(in.getGradient());
  }

  /** A parameter's gradient after {@link #gradient}. */
  NDArray parameterGradient(String name) {
    return block.getParameters().get(name).getArray().getGradient();
  }

  NDArray parameter(String name) {
    return block.getParameters().get(name).getArray();
  }

  byte[] saved() throws Exception {
    var bytes = new ByteArrayOutputStream();
    block.saveParameters(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  static void load(Block block, NDManager manager, byte[] saved) throws Exception {
    block.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(saved)));
  }

  /** The same gradient by central differences. */
  static FloatMatrix differences(
      UnaryOperator<FloatMatrix> function, FloatMatrix x, FloatMatrix weights, double step) {
    return Matrices.of(
        x.rows(),
        x.columns(),
        (i, j) ->
            (sum(function.apply(nudged(x, i, j, step)), weights)
                    - sum(function.apply(nudged(x, i, j, -step)), weights))
                / (2 * step));
  }

  private static FloatMatrix nudged(FloatMatrix x, int row, int column, double by) {
    return Matrices.of(
        x.rows(), x.columns(), (i, j) -> x.get(i, j) + (i == row && j == column ? by : 0));
  }

  private static double sum(FloatMatrix r, FloatMatrix weights) {
    double sum = 0;
    for (int i = 0; i < r.rows(); i++) {
      sum += Matrices.dot(Matrices.doubles(r, i), Matrices.doubles(weights, i));
    }
    return sum;
  }

  @Override
  public void close() {
    manager.close();
  }
}
