// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import java.util.List;

/**
 * The history of a training; the trained weights are in the network.
 *
 * @param history of all epochs, also those made before an interruption
 * @param bestEpoch the epoch whose weights the network has: the one with the best score if the best
 *     is kept, else the last
 * @param seconds spent by this run, without those before an interruption
 * @param resumedAt epochs that a checkpoint had already
 */
public record FitResult(List<EpochScore> history, int bestEpoch, double seconds, int resumedAt) {
  /** Copies the list. */
  public FitResult {
    history = List.copyOf(history);
  }
}
