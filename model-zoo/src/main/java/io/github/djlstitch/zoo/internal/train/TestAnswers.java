// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The latents and class scores that a trained network gives samples, a block of them at a time.
 *
 * @param latents shape (N, D)
 * @param scores of the classes, shape (N, C)
 */
record TestAnswers(FloatMatrix latents, FloatMatrix scores) {
  private static final int BLOCK = 500;

  /**
   * Asks a network.
   *
   * @param keys latents of its anchors (M, D); not read by an absolute classifier
   * @param manager owns its parameters
   */
  static TestAnswers of(
      RelativeClassifier network, TrainingInputs samples, NDArray keys, NDManager manager) {
    var store = new ParameterStore(manager, false);
    List<FloatMatrix> latents = new ArrayList<>();
    List<FloatMatrix> scores = new ArrayList<>();
    for (int from = 0; from < samples.count(); from += BLOCK) {
      try (NDManager scope = manager.newSubManager()) {
        int[] rows = IntStream.range(from, Math.min(samples.count(), from + BLOCK)).toArray();
        NDArray z = network.latents(store, samples.batch(scope, rows), false); // (B, D)
        scores.add(TensorBridge.toMatrix(network.scores(store, z, keys, false))); // (B, C)
        latents.add(TensorBridge.toMatrix(z));
      }
    }
    return new TestAnswers(rows(latents), rows(scores));
  }

  private static FloatMatrix rows(List<FloatMatrix> parts) {
    return FloatMatrix.concatRows(parts.toArray(FloatMatrix[]::new));
  }
}
