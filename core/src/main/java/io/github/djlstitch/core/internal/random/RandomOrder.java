// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.random;

import io.github.djlstitch.core.StitchException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Rows drawn at random without looking at vectors; the same seed draws the same rows. */
public final class RandomOrder {
  private RandomOrder() {}

  /** All rows in random order, each order equally likely. */
  public static int[] permutation(int rows, long seed) {
    return shuffled(rows, new Random(seed));
  }

  /** Some of the rows, each equally likely, without replacement. */
  public static int[] uniform(int rows, int count, long seed) {
    return Arrays.copyOf(shuffled(rows, new Random(seed)), count);
  }

  /**
   * Equally many rows of each label, as far as they reach; round-robin over the labels.
   *
   * @throws StitchException (usage) if there are fewer rows than wanted
   */
  public static int[] stratified(int[] labels, int count, long seed) {
    if (count < 1 || count > labels.length) {
      throw StitchException.usage(
          "%d anchors from %d samples; choose 1 to %d", count, labels.length, labels.length);
    }
    Map<Integer, Deque<Integer>> byClass = new TreeMap<>();
    for (int i : shuffled(labels.length, new Random(seed))) {
      byClass.computeIfAbsent(labels[i], c -> new ArrayDeque<>()).add(i);
    }
    int[] chosen = new int[count];
    int size = 0;
    while (size < count) {
      for (Deque<Integer> rest : byClass.values()) {
        if (size < count && !rest.isEmpty()) {
          chosen[size++] = rest.remove();
        }
      }
    }
    return chosen;
  }

  // Fisher-Yates: unbiased, unlike the shuffles of DJL's data sets.
  private static int[] shuffled(int count, Random random) {
    int[] items = new int[count];
    Arrays.setAll(items, i -> i);
    for (int i = items.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = items[i];
      items[i] = items[j];
      items[j] = swap;
    }
    return items;
  }
}
