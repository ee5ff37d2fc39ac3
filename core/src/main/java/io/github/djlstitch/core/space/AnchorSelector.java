// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.StitchException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Ways to choose anchors among training samples. The seed is the only randomness. */
public enum AnchorSelector {
  /** Each sample equally likely, without replacement. */
  UNIFORM {
    @Override
    List<Integer> choose(int[] labels, int count, Random random) {
      return shuffled(allOf(labels), random).subList(0, count);
    }
  },
  /** Equally many of each class, as far as the classes reach; round-robin over the classes. */
  STRATIFIED {
    @Override
    List<Integer> choose(int[] labels, int count, Random random) {
      Map<Integer, Deque<Integer>> byClass = new TreeMap<>();
      for (int i : shuffled(allOf(labels), random)) {
        byClass.computeIfAbsent(labels[i], c -> new ArrayDeque<>()).add(i);
      }
      List<Integer> chosen = new ArrayList<>(count);
      while (chosen.size() < count) {
        for (Deque<Integer> rest : byClass.values()) {
          if (chosen.size() < count && !rest.isEmpty()) {
            chosen.add(rest.remove());
          }
        }
      }
      return chosen;
    }
  };

  abstract List<Integer> choose(int[] labels, int count, Random random);

  /** The name used on the command line and in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Chooses anchors.
   *
   * @param ids candidates, in an order that does not depend on the encoder
   * @param labels their label indices, as many
   * @param count how many to choose, at least 1
   * @throws StitchException (bad input) if there are fewer candidates
   */
  public Anchors select(List<String> ids, int[] labels, int count, long seed) {
    if (count < 1 || count > ids.size()) {
      throw StitchException.badInput(
          "%d anchors cannot be chosen among %d training samples; choose from 1 to %d",
          count, ids.size(), ids.size());
    }
    List<Integer> chosen = choose(labels, count, new Random(seed));
    return new Anchors(chosen.stream().map(ids::get).toList(), id(), seed);
  }

  private static int[] allOf(int[] labels) {
    int[] all = new int[labels.length];
    Arrays.setAll(all, i -> i);
    return all;
  }

  // Fisher-Yates: unbiased, unlike the shuffles of DJL's data sets.
  private static List<Integer> shuffled(int[] items, Random random) {
    for (int i = items.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = items[i];
      items[i] = items[j];
      items[j] = swap;
    }
    return Arrays.stream(items).boxed().toList();
  }
}
