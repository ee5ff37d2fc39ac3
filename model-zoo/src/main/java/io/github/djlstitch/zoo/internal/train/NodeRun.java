// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.StitchException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The record of a node classifier's training. Immutable.
 *
 * @param epochs measurements after each epoch; empty if it diverged in the first
 * @param diverged true if training ended because the loss was no longer finite
 * @param seconds duration of the training
 * @param cached true if the result was read from the cache
 */
public record NodeRun(List<NodeEpoch> epochs, boolean diverged, double seconds, boolean cached) {
  /** Copies the list. */
  public NodeRun {
    epochs = List.copyOf(epochs);
  }

  /** The epoch with the highest validation accuracy, the first of equals. */
  public NodeEpoch best() {
    return best(NodeEpoch::validation);
  }

  /**
   * Accuracy on validation nodes that did not take part in choosing the epoch: chosen on one half,
   * scored on the other, both ways.
   */
  public double heldOut() {
    return (best(NodeEpoch::even).odd() + best(NodeEpoch::odd).even()) / 2;
  }

  private NodeEpoch best(ToDoubleFunction<NodeEpoch> score) {
    return epochs.stream()
        .reduce((a, b) -> score.applyAsDouble(b) > score.applyAsDouble(a) ? b : a)
        .orElseThrow(() -> StitchException.badInput("the training diverged in its first epoch"));
  }
}
