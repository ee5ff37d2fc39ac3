// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.data.Dataset.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Choices of samples, class by class, in the order of a hash of seed and id. */
final class HashOrder {
  private static final Comparator<Ranked> FAIR =
      Comparator.comparingDouble(Ranked::turn)
          .thenComparingLong(Ranked::hash)
          .thenComparing(Ranked::id);

  private HashOrder() {}

  /** Positions of the samples of each class, in hash order. */
  static <I> Collection<List<Integer>> byClass(List<Sample<I>> samples, long seed) {
    SortedMap<Integer, List<Integer>> positions = new TreeMap<>();
    for (int i = 0; i < samples.size(); i++) {
      positions.computeIfAbsent(samples.get(i).label(), label -> new ArrayList<>()).add(i);
    }
    long[] hashes = samples.stream().mapToLong(s -> IdHash.of(seed, s.id())).toArray();
    Comparator<Integer> order =
        Comparator.<Integer>comparingLong(i -> hashes[i]).thenComparing(i -> samples.get(i).id());
    positions.values().forEach(list -> list.sort(order));
    return positions.values();
  }

  /**
   * At most so many samples, in their order. Seats go to classes as in the method of Sainte-Lague:
   * in proportion to their sizes, except that the first one of each class goes before all others.
   */
  static <I> List<Sample<I>> keep(List<Sample<I>> samples, int most, long seed) {
    if (samples.size() <= most) {
      return samples;
    }
    List<Ranked> ranked = new ArrayList<>();
    for (List<Integer> positions : byClass(samples, seed)) {
      for (int rank = 0; rank < positions.size(); rank++) {
        double turn = rank == 0 ? 0 : (rank + .5) / positions.size();
        String id = samples.get(positions.get(rank)).id();
        ranked.add(new Ranked(positions.get(rank), turn, IdHash.of(seed, id), id));
      }
    }
    ranked.sort(FAIR);
    var kept = new BitSet();
    ranked.subList(0, most).forEach(r -> kept.set(r.position()));
    return kept.stream().mapToObj(samples::get).toList();
  }

  private record Ranked(int position, double turn, long hash, String id) {}
}
