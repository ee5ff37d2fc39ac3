// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.train.Autograd;
import java.util.Map;
import java.util.Random;

/**
 * Trains the MLP head with Adam through DJL's autograd. All randomness, of the initial weights and
 * of the order of the samples, comes from the seed.
 */
final class MlpTraining {
  private final SequentialBlock network;
  private final Map<String, Parameter> parameters;
  private final Optimizer adam;
  private final Random random;

  private MlpTraining(SequentialBlock network, HeadOptions options, long seed) {
    this.network = network;
    this.parameters = MlpWeights.parameters(network);
    this.adam =
        Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed((float) options.learningRate()))
            .build();
    this.random = new Random(seed);
  }

  static MlpWeights fit(
      FloatMatrix inputs,
      int[] labels,
      int classes,
      float[] sampleWeights,
      HeadOptions options,
      long seed) {
    return Autograd.alone(() -> fitAlone(inputs, labels, classes, sampleWeights, options, seed));
  }

  private static MlpWeights fitAlone(
      FloatMatrix inputs,
      int[] labels,
      int classes,
      float[] sampleWeights,
      HeadOptions options,
      long seed) {
    try (NDManager manager = TensorBridge.newManager()) {
      SequentialBlock network = MlpWeights.network(classes);
      var training = new MlpTraining(network, options, seed);
      network.setInitializer((m, shape, type) -> training.draw(m, shape), Parameter.Type.WEIGHT);
      network.initialize(manager, DataType.FLOAT32, new Shape(options.batch(), inputs.columns()));
      for (int epoch = 0; epoch < options.epochs(); epoch++) {
        training.epoch(manager, inputs, labels, classes, sampleWeights, options.batch());
      }
      return MlpWeights.copyOf(network);
    }
  }

  // As PyTorch draws a linear layer's weight: uniform within one over the root of its inputs.
  private NDArray draw(NDManager manager, Shape shape) {
    float bound = (float) (1 / Math.sqrt((double) shape.get(1)));
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (2 * random.nextFloat() - 1) * bound;
    }
    return manager.create(values, shape);
  }

  private void epoch(
      NDManager manager,
      FloatMatrix inputs,
      int[] labels,
      int classes,
      float[] sampleWeights,
      int batch) {
    int[] order = shuffled(labels.length);
    // A last batch of one sample has no variance to normalize by, so it is left out.
    for (int from = 0; from + 2 <= order.length; from += batch) {
      int size = Math.min(batch, order.length - from);
      int[] rows = new int[size];
      int[] y = new int[size];
      float[] weight = new float[size];
      for (int i = 0; i < size; i++) {
        rows[i] = order[from + i];
        y[i] = labels[rows[i]];
        weight[i] = sampleWeights[rows[i]] * labels.length / size;
      }
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = TensorBridge.toTensor(scope, inputs.select(rows)); // (B, D)
        NDArray truth = scope.create(y).oneHot(classes); // (B, C)
        step(scope, x, truth, scope.create(weight));
      }
    }
  }

  private void step(NDManager scope, NDArray x, NDArray truth, NDArray weight) {
    try (GradientCollector collector = LoadedEngine.get().newGradientCollector()) {
      var store = new ParameterStore(scope, false);
      NDArray scores = network.forward(store, new NDList(x), true).head(); // (B, C)
      NDArray logLoss = scores.logSoftmax(1).mul(truth).sum(new int[] {1}).neg(); // (B)
      collector.backward(logLoss.mul(weight).sum());
    }
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            NDArray gradient = parameter.getArray().getGradient(); // as the parameter
            adam.update(name, parameter.getArray(), gradient);
            gradient.close();
          }
        });
  }

  private int[] shuffled(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
