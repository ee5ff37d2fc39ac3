// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.name;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name that a misspelled one most likely means: the smallest edit distance, ignoring
 * case, of at most a third of the longer name; letters that changed places are one edit. Of equally
 * near names the first is taken.
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
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, d);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(String a, String b, int i, int j, int[][] d) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
