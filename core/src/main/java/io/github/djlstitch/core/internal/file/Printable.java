// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

/** Text from outside, made fit for a one-line message: names may hold escape sequences. */
public final class Printable {
  private static final int LONGEST = 80;

  private Printable() {}

  /** The text in at most 80 visible characters, others as question marks. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> out.appendCodePoint(isPlain(c) ? c : '?'));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      out.append("...");
    }
    return out.toString();
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
