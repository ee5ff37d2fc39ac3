// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

/**
 * Strips white space like Python's {@code str.strip}, which sentence-transformers calls. Java's
 * {@code strip} keeps no-break spaces.
 */
final class WhiteSpace {
  private WhiteSpace() {}

  static String strip(String text) {
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
