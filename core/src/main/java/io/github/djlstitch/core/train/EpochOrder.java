// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.train;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.RandomOrder;
import java.util.Arrays;

/**
 * The batches of shuffled samples: a Fisher-Yates permutation of each epoch that depends on nothing
 * but (seed, epoch). Immutable.
 *
 * @param samples number of samples N, at least 1
 * @param batch samples in a step; the last batch of an epoch may be smaller
 * @param smallest a last batch of fewer samples is left out; 2 where batches are normalised
 * @param seed of all permutations
 */
public record EpochOrder(int samples, int batch, int smallest, long seed) {
  /** Checks the ranges. */
  public EpochOrder {
    if (samples < 1 || batch < 1 || smallest < 1 || smallest > Math.min(batch, samples)) {
      throw StitchException.usage(
          "batches of %d from %d samples, at least %d each; expected 1 <= least <= batch and"
              + " samples",
          batch, samples, smallest);
    }
  }

  /** Steps of an epoch. */
  public int steps() {
    int rest = samples % batch;
    return samples / batch + (rest >= smallest ? 1 : 0);
  }

  /** All samples in the order of an epoch. */
  public int[] permutation(int epoch) {
    return RandomOrder.permutation(samples, Seeds.of(seed, epoch));
  }

  /** The samples of one step, out of the permutation of its epoch. */
  public int[] rows(int[] permutation, int step) {
    return Arrays.copyOfRange(permutation, step * batch, Math.min(samples, (step + 1) * batch));
  }
}
