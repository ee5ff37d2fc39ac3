// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.text;

import io.github.djlstitch.core.internal.file.Printable;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values of a file as a one-line message may show them: short, and without control characters. */
public final class Excerpt {
  private static final int LONGEST = 60;
  private static final int MOST_NAMES = 12;

  private Excerpt() {}

  /** The start of a value, in single quotes. */
  public static String of(String value) {
    var shown = new StringBuilder("'");
    value.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
    boolean whole = value.codePointCount(0, value.length()) <= LONGEST;
    return shown.append(whole ? "'" : "...'").toString();
  }

  /** The first names of a list, separated by commas, and how many there are if that is not all. */
  public static String ofNames(Collection<String> names) {
    String first =
        names.stream().limit(MOST_NAMES).map(Excerpt::of).collect(Collectors.joining(", "));
    return names.size() <= MOST_NAMES ? first : first + ", ... (" + names.size() + " in all)";
  }

  private static void append(StringBuilder shown, int codePoint) {
    if (Printable.isHidden(codePoint)) {
      shown.append(String.format(Locale.ROOT, "\\u%04X", codePoint));
    } else {
      shown.appendCodePoint(codePoint);
    }
  }

  /** The hint {@code (did you mean 'x'?)} for messages, or nothing. */
  public static String didYouMean(Optional<String> nearest) {
    return nearest.map(name -> " (did you mean " + of(name) + "?)").orElse("");
  }
}
