// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.random.RandomOrder;
import java.util.Arrays;

/**
 * The batches of shuffled samples: a Fisher-Yates permutation of each epoch that depends on nothing
 * but (seed, epoch). Keeps the permutation of the epoch asked for last; one for each training, not
 * thread-safe.
 */
public final class EpochOrder {
  private final int samples;
  private final int batch;
  private final int smallest;
  private final long seed;
  private int epoch = -1;
  private int[] permutation = {};

  private EpochOrder(int samples, int batch, int smallest, long seed) {
    this.samples = samples;
    this.batch = batch;
    this.smallest = smallest;
    this.seed = seed;
  }

  /**
   * The batches of so many samples.
   *
   * @param samples number of samples N, at least 1
   * @param batch samples in a step, at least 1; fewer if there are fewer, and in the last one
   * @param smallest a last batch of fewer samples is left out; 2 where batches are normalized
   * @param seed of all permutations
   */
  public static EpochOrder of(int samples, int batch, int smallest, long seed) {
    if (samples < 1 || batch < 1 || smallest < 1 || smallest > Math.min(batch, samples)) {
      throw StitchException.usage(
          "batches of %d from %d samples, at least %d each; expected 1 <= least <= batch and"
              + " samples",
          batch, samples, smallest);
    }
    return new EpochOrder(samples, Math.min(batch, samples), smallest, seed);
  }

  /** Steps of an epoch. */
  public int steps() {
    int rest = samples % batch;
    return samples / batch + (rest >= smallest ? 1 : 0);
  }

  /** The samples of one step. */
  public int[] rows(int wantedEpoch, int step) {
    if (epoch != wantedEpoch) {
      permutation = RandomOrder.permutation(samples, Seeds.of(seed, wantedEpoch));
      epoch = wantedEpoch;
    }
    return Arrays.copyOfRange(permutation, step * batch, Math.min(samples, (step + 1) * batch));
  }
}
