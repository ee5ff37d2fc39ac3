// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trains a head of the official code: Adam on the cross-entropy of its scores. All randomness, of
 * the initial weights and of the order of the samples, comes from the seed.
 */
final class OfficialTraining {
  private final OfficialLayout layout;
  private final HeadOptions options;
  private final int classes;

  OfficialTraining(OfficialLayout layout, HeadOptions options, int classes) {
    this.layout = layout;
    this.options = options;
    this.classes = classes;
  }

  /** Trains on labeled samples whose weights sum to 1. */
  OfficialWeights fit(FloatMatrix inputs, int[] labels, float[] sampleWeights, long seed) {
    var random = new Random(seed);
    List<FloatMatrix> initial = initial(inputs.columns(), random);
    long[][] order = new long[options.epochs()][];
    for (int epoch = 0; epoch < order.length; epoch++) {
      order[epoch] = shuffled(labels.length, random);
    }
    return fit(inputs, labels, sampleWeights, initial, order);
  }

  /** Trains from initial tensors, in the layout's order, over the given rows of each epoch. */
  OfficialWeights fit(
      FloatMatrix inputs,
      int[] labels,
      float[] sampleWeights,
      List<FloatMatrix> initial,
      long[][] order) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray x = TensorBridge.toTensor(manager, inputs); // (N, D)
      NDArray y = manager.create(labels).oneHot(classes); // (N, C)
      NDArray weight = manager.create(sampleWeights); // (N)
      NDArray rows = manager.create(flat(order), new Shape(order.length, labels.length)); // (E, N)
      double[] numbers = layout.numbersAnd(options.learningRate(), options.batch());
      NDList arguments = new NDList(x, y, weight, rows, manager.create(numbers)); // inputs of train
      NDList weights = tensors(manager, initial); // of all layers
      NDList trained =
          OfficialProgram.PROGRAM.run("train", false, arguments, weights); // as weights
      return withStatistics(x, trained);
    }
  }

  // What the head normalizes by when it reads one sample at a time: mean and variance of every
  // normalized feature over all training samples, which running averages would only estimate.
  private OfficialWeights withStatistics(NDArray x, NDList trained) {
    NDArray numbers = x.getManager().create(layout.numbers()); // (settings)
    NDList found =
        OfficialProgram.PROGRAM.run(
            "together", false, new NDList(x, numbers), trained); // scores, statistics
    Map<String, FloatMatrix> tensors = new HashMap<>();
    List<String> names = layout.parameters();
    for (int i = 0; i < names.size(); i++) {
      tensors.put(names.get(i), TensorBridge.toMatrix(trained.get(i)));
    }
    List<String> norms = layout.batchNorms();
    for (int i = 0; i < norms.size(); i++) {
      tensors.put(norms.get(i) + ".mean", TensorBridge.toMatrix(found.get(1 + 2 * i)));
      tensors.put(norms.get(i) + ".variance", TensorBridge.toMatrix(found.get(2 + 2 * i)));
    }
    return new OfficialWeights(layout, tensors);
  }

  static NDList tensors(NDManager manager, List<FloatMatrix> matrices) {
    NDList list = new NDList(matrices.size()); // of matrices
    matrices.forEach(matrix -> list.add(TensorBridge.toTensor(manager, matrix)));
    return list;
  }

  // Linear layers as PyTorch draws them, uniform within one over the root of their inputs, biases
  // too; layer normalization begins as the identity.
  private List<FloatMatrix> initial(int width, Random random) {
    List<FloatMatrix> tensors = new ArrayList<>();
    int fanIn = width;
    for (OfficialLayout.Size size : layout.sizes(width, classes)) {
      boolean ofNorm = layout.norm() == OfficialLayout.Norm.LAYER && tensors.size() < 2;
      fanIn = tensors.size() % 2 == 0 ? size.columns() : fanIn; // a bias follows its weight
      float[] values = new float[size.rows() * size.columns()];
      float bound = (float) (1 / Math.sqrt(fanIn));
      for (int i = 0; i < values.length; i++) {
        values[i] = ofNorm ? 1 - tensors.size() : (2 * random.nextFloat() - 1) * bound;
      }
      tensors.add(FloatMatrix.wrap(size.rows(), size.columns(), values));
    }
    return tensors;
  }

  private static long[] shuffled(int count, Random random) {
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long[] flat(long[][] rows) {
    long[] all = new long[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[i].length);
    }
    return all;
  }
}
