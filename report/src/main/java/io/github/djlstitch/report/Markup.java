// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.core.internal.file.Printable;

/** Plain text as text of HTML and XML. */
public final class Markup {
  private static final String REPLACED = "\ufffd";

  private Markup() {}

  /**
   * The text with everything escaped that has a meaning in markup, in content as in quoted
   * attributes. What no page may hold, and what turns the order of letters around for a reader, is
   * replaced by U+FFFD.
   */
  public static String escaped(String text) {
    var out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(letter -> append(letter, out));
    return out.toString();
  }

  private static void append(int letter, StringBuilder out) {
    switch (letter) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n', '\t' -> out.appendCodePoint(letter);
      default -> {
        if (isHarmful(letter)) {
          out.append(REPLACED);
        } else {
          out.appendCodePoint(letter);
        }
      }
    }
  }

  private static boolean isHarmful(int letter) {
    return Printable.steers(letter) || (letter & 0xfffe) == 0xfffe || isNoncharacter(letter);
  }

  private static boolean isNoncharacter(int letter) {
    return letter >= 0xfdd0 && letter <= 0xfdef;
  }
}
