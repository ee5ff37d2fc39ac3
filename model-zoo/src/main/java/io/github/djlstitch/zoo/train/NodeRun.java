// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.train;

import io.github.djlstitch.core.StitchException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How the training of a node classifier went.
 *
 * @param epochs after each epoch; none if it diverged in the first
 * @param diverged whether training ended because the loss was no longer finite
 * @param seconds it took
 * @param cached whether the result was there already
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
