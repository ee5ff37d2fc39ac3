// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.util.function.IntPredicate;

/**
 * Text from outside, made fit to be shown in a line: names may hold escape sequences, characters
 * that cannot be seen, and such that turn the order of letters around. The one home of what that
 * is; every medium for people asks here.
 */
public final class Printable {
  private static final int LONGEST = 80;

  private Printable() {}

  /** The text in at most 80 visible characters, others as question marks. */
  public static String of(String text) {
    boolean whole = text.codePointCount(0, text.length()) <= LONGEST;
    return whole
        ? visible(text)
        : visible(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "...";
  }

  /** The whole text, what cannot be seen as question marks, line feeds too. */
  public static String visible(String text) {
    return replaced(text, Printable::isHidden);
  }

  /** The whole text in one line: breaks as blanks, what cannot be seen as question marks. */
  public static String line(String text) {
    return visible(text.replaceAll("[ \\t]*\\R\\s*", " "));
  }

  /** The text with its line feeds, what cannot be seen as question marks. */
  public static String lines(String text) {
    return replaced(text, letter -> letter != '\n' && isHidden(letter));
  }

  /** The text with what {@link #steers} a terminal as question marks. */
  public static String unsteering(String text) {
    return replaced(text, Printable::steers);
  }

  private static String replaced(String text, IntPredicate bad) {
    if (text.codePoints().noneMatch(bad)) {
      return text;
    }
    var out = new StringBuilder();
    text.codePoints().forEach(c -> out.appendCodePoint(bad.test(c) ? '?' : c));
    return out.toString();
  }

  /** Returns true for a character that is not seen, or changes how others are. */
  public static boolean isHidden(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /**
   * Returns true for a character that a terminal obeys, or that moves other letters: a control,
   * half a surrogate pair, a line separator, or a mark of writing direction. Joiners of letters and
   * of emoji are none.
   */
  public static boolean steers(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default ->
          letter == 0x061c
              || letter == 0x200e
              || letter == 0x200f
              || (letter >= 0x202a && letter <= 0x202e)
              || (letter >= 0x2066 && letter <= 0x2069);
    };
  }
}
