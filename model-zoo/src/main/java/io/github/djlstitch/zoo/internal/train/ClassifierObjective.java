// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.internal.train.AnchorRefresh;
import io.github.djlstitch.core.internal.train.EpochOrder;
import io.github.djlstitch.core.internal.train.Objective;

/** Cross-entropy of a classifier over shuffled batches. Closed after training. */
final class ClassifierObjective implements Objective, AutoCloseable {
  private final RelativeClassifier network;
  private final TrainingInputs samples;
  private final int[] labels;
  private final int[] anchors;
  private final EpochOrder order;
  private final AnchorRefresh refresh;

  /**
   * An objective.
   *
   * @param anchors rows of the anchors among the samples; empty for an absolute classifier
   */
  ClassifierObjective(
      RelativeClassifier network,
      TrainingInputs samples,
      int[] anchors,
      ClassifierRecipe recipe,
      long seed) {
    this.network = network;
    this.samples = samples;
    this.labels = samples.labels();
    this.anchors = anchors.clone();
    // Batch norm needs two samples.
    this.order = EpochOrder.of(samples.count(), recipe.batch(), 2, seed);
    this.refresh = AnchorRefresh.every(recipe.refresh());
  }

  @Override
  public Block network() {
    return network;
  }

  @Override
  public int steps() {
    return order.steps();
  }

  @Override
  public NDArray loss(ParameterStore store, NDManager scope, int epoch, int step) {
    int[] rows = order.rows(epoch, step);
    NDArray latents = network.latents(store, samples.batch(scope, rows), true); // (B, D)
    NDArray known = latents; // (B, D), or (M, D)
    if (network.isRelative()) {
      // In training mode, as the official code does: batch norm sees the anchors as a batch.
      known =
          refresh.at(
              step,
              scope,
              work -> network.latents(store, samples.batch(work, anchors), true)); // (M, D)
    }
    NDArray scores = network.scores(store, latents, known, true); // (B, C)
    return CrossEntropy.mean(scores, labels, rows); // ()
  }

  @Override
  public void close() {
    refresh.close();
  }
}
