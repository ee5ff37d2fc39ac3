// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import java.util.Locale;

/**
 * The steps that a text takes before its tokenizer, for models whose tokenizer files do not state
 * them.
 *
 * @param strips true if surrounding white space is removed, as Python's {@code str.strip} does
 * @param lowerCase true if it is lower-cased
 */
public record Cleaning(boolean strips, boolean lowerCase) {
  /** No step. */
  public static final Cleaning NONE = new Cleaning(false, false);

  String apply(String text) {
    String stripped = strips ? strip(text) : text;
    return lowerCase ? stripped.toLowerCase(Locale.ROOT) : stripped;
  }

  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  // All of Python's are in the basic plane.
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
