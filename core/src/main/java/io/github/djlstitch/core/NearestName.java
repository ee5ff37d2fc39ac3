// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class NearestName {
  private static final int LONGEST = 200; // the distance costs length squared

  private NearestName() {}

  /**
   * The name with the smallest Levenshtein distance, the first in alphabetical order when several
   * have it; empty if there are no names or none shares at least half its characters.
   */
  public static Optional<String> of(String wanted, Collection<String> names) {
    if (wanted.length() > LONGEST) {
      return Optional.empty();
    }
    return names.stream()
        .filter(name -> name.length() <= LONGEST)
        .map(name -> new Candidate(name, distance(wanted, name)))
        .filter(c -> c.distance * 2 <= Math.max(wanted.length(), c.name.length()))
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  private record Candidate(String name, int distance) {}

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j < previous.length; j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
