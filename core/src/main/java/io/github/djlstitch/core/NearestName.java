// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name that a misspelt one most likely means: the smallest Levenshtein distance, ignoring
 * case, of at most a third of the longer name. Of equally near names the first is taken.
 */
public final class NearestName {
  /** Longer names are pasted text rather than typing errors; it also bounds the time. */
  private static final int LONGEST = 200;

  private NearestName() {}

  /** Returns the nearest of the known names, or empty if none is near. */
  public static Optional<String> of(String wanted, Collection<String> known) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      int longer = Math.max(wanted.length(), name.length());
      if (longer > LONGEST) {
        continue;
      }
      int distance = distance(fold(wanted), fold(name));
      if (distance < least && distance <= (longer + 2) / 3 && distance < longer) {
        nearest = name;
        least = distance;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * A question to put into a message: {@code "did you mean 'minilm'? "} with a blank behind it, or
   * nothing if no name is near.
   */
  public static String hint(String wanted, Collection<String> known) {
    return of(wanted, known).map(name -> "did you mean '" + name + "'? ").orElse("");
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(diagonal, row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
