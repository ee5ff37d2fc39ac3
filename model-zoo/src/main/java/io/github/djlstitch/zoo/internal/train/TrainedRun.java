// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.internal.train.EpochScore;
import java.util.List;

/**
 * The record of a stored network's training. Immutable.
 *
 * @param history loss and score of each epoch
 * @param bestEpoch the epoch whose weights it has
 * @param seconds that its training took; of an interrupted one, the last part
 * @param cached true if it was read from the cache
 */
public record TrainedRun(List<EpochScore> history, int bestEpoch, double seconds, boolean cached) {
  /** Copies the list. */
  public TrainedRun {
    history = List.copyOf(history);
  }
}
