// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders.internal.activation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A classifier of two hidden layers without any normalization, so that its response to inputs of
 * another scale depends on its activation and training only. Trained by Adam on the cross entropy.
 * Immutable and thread-safe.
 */
public final class ActivationMlp {
  private static final int HIDDEN = 256;
  private static final int BATCH = 64;

  private final Activation activation;
  private final List<FloatMatrix> weights; // (D, H), (1, H), (H, H), (1, H), (H, C), (1, C)

  private ActivationMlp(Activation activation, List<FloatMatrix> weights) {
    this.activation = activation;
    this.weights = List.copyOf(weights);
  }

  /** The activation after each hidden layer. */
  public enum Activation implements Named {
    /** max(0, z). */
    RELU(0),
    /** Hyperbolic tangent. */
    TANH(1),
    /** Cosine: not monotonic. */
    COS(2);

    private final int code;

    Activation(int code) {
      this.code = code;
    }
  }

  /**
   * Trains a network; the seed decides its first weights and the order of the samples.
   *
   * @param inputs shape (N, D), N at least 64, all finite
   * @param labels N label indices below {@code classes}
   * @param epochs passes over the samples, at least 1
   * @param rate Adam's learning rate, above 0
   * @throws StitchException (bad input) if labels and inputs do not fit or are too few
   */
  public static ActivationMlp train(
      Activation activation,
      FloatMatrix inputs,
      int[] labels,
      int classes,
      int epochs,
      double rate,
      long seed) {
    if (inputs.rows() != labels.length || labels.length < BATCH) {
      throw StitchException.badInput(
          "a network is trained on at least %d samples with as many labels but got %d and %d",
          BATCH, inputs.rows(), labels.length);
    }
    var random = new Random(seed);
    try (NDManager manager = TensorBridge.newManager()) {
      NDList start = new NDList(); // as the weights
      layer(manager, random, inputs.columns(), HIDDEN, start);
      layer(manager, random, HIDDEN, HIDDEN, start);
      layer(manager, random, HIDDEN, classes, start);
      NDArray x = TensorBridge.toTensor(manager, inputs); // (N, D)
      NDArray y = manager.create(labels).oneHot(classes); // (N, C)
      NDArray options = manager.create(new double[] {activation.code, rate}); // (2)
      NDList arguments =
          new NDList(
              x, y, order(manager, labels.length, epochs, random), options); // inputs of train
      NDList trained = ActivationProgram.INSTANCE.run("train", false, arguments, start); // as start
      List<FloatMatrix> weights = new ArrayList<>();
      trained.forEach(w -> weights.add(TensorBridge.toMatrix(w)));
      return new ActivationMlp(activation, weights);
    }
  }

  /** Class scores before softmax: (N, D) to (N, C). */
  public FloatMatrix decode(FloatMatrix inputs) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDList packed = new NDList(); // as the weights
      weights.forEach(w -> packed.add(TensorBridge.toTensor(manager, w)));
      NDArray options = manager.create(new double[] {activation.code, 0}); // (2)
      NDList arguments = new NDList(TensorBridge.toTensor(manager, inputs), options); // (N, D), (2)
      return TensorBridge.toMatrix(
          ActivationProgram.INSTANCE.run("scores", false, arguments, packed).head());
    }
  }

  // As PyTorch draws a linear layer: uniform within one over the root of its inputs.
  private static void layer(NDManager manager, Random random, int in, int out, NDList weights) {
    float bound = (float) (1 / Math.sqrt(in));
    weights.add(manager.create(uniform(random, in * out, bound), new Shape(in, out)));
    weights.add(manager.create(uniform(random, out, bound), new Shape(1, out)));
  }

  private static float[] uniform(Random random, int count, float bound) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (2 * random.nextFloat() - 1) * bound;
    }
    return values;
  }

  // Rows of each batch, (steps, BATCH); the samples that fill no batch are left out of an epoch.
  private static NDArray order(NDManager manager, int samples, int epochs, Random random) {
    int steps = samples / BATCH;
    long[] rows = new long[steps * epochs * BATCH];
    long[] all = new long[samples];
    for (int i = 0; i < samples; i++) {
      all[i] = i;
    }
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int i = samples - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        long swap = all[i];
        all[i] = all[j];
        all[j] = swap;
      }
      System.arraycopy(all, 0, rows, epoch * steps * BATCH, steps * BATCH);
    }
    return manager.create(rows, new Shape((long) steps * epochs, BATCH));
  }
}
