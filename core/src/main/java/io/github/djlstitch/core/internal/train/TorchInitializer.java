// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Random;

/**
 * PyTorch's default initialization, drawn from a seed: weights and offsets of linear layers and
 * convolutions uniform within one over the root of the layer's inputs; norms start at scale 1 and
 * offset 0. Each parameter has a stream of its own, so a layer more does not change the others
 * before it.
 */
public final class TorchInitializer {
  private final long seed;
  private int drawn;

  private TorchInitializer(long seed) {
    this.seed = seed;
  }

  /**
   * Initializes a network in float32.
   *
   * @param manager owns the parameters
   * @param inputs shapes of its inputs
   */
  public static void initialize(Block network, long seed, NDManager manager, Shape... inputs) {
    new TorchInitializer(seed).set(network);
    network.initialize(manager, DataType.FLOAT32, inputs);
  }

  private void set(Block block) {
    block.getChildren().forEach(child -> set(child.getValue()));
    double[] bound = {1};
    for (var entry : block.getDirectParameters()) {
      Parameter parameter = entry.getValue();
      if (parameter.isInitialized()) {
        continue;
      }
      long stream = Seeds.of(seed, drawn++);
      if (parameter.getType() == Parameter.Type.WEIGHT) {
        parameter.setInitializer(
            (manager, shape, type) -> {
              // Inputs of one output; PyTorch counts the same for transposed convolutions.
              bound[0] = 1 / Math.sqrt((double) shape.size() / shape.get(0));
              return uniform(manager, shape, bound[0], stream);
            });
      } else if (parameter.getType() == Parameter.Type.BIAS) {
        // A layer's weight comes before its offset.
        parameter.setInitializer(
            (manager, shape, type) -> uniform(manager, shape, bound[0], stream));
      }
    }
  }

  private static NDArray uniform(NDManager manager, Shape shape, double bound, long seed) {
    var random = new Random(seed);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return manager.create(values, shape);
  }
}
