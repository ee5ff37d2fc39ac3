// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.text;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * Columns that a text takes on a terminal: letters of East Asian scripts and emoji take two,
 * combining marks none (Unicode Standard Annex 11, by script and block, which is near enough).
 */
public final class DisplayWidth {
  private static final Set<UnicodeScript> WIDE =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  private DisplayWidth() {}

  /** The columns of a text without line feeds. */
  public static int of(String text) {
    return text.codePoints().map(DisplayWidth::of).sum();
  }

  /** The longest beginning that takes no more than so many columns. */
  public static String start(String text, int columns) {
    int used = 0;
    int end = 0;
    while (end < text.length()) {
      int letter = text.codePointAt(end);
      used += of(letter);
      if (used > columns) {
        break;
      }
      end += Character.charCount(letter);
    }
    return text.substring(0, end);
  }

  private static int of(int letter) {
    if (letter < 0x300) {
      return 1;
    }
    int type = Character.getType(letter);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(letter) ? 2 : 1;
  }

  private static boolean isWide(int letter) {
    boolean halfwidth = letter >= 0xFF61 && letter <= 0xFFDC;
    return !halfwidth
        && (WIDE.contains(UnicodeScript.of(letter))
            || (letter >= 0x3000 && letter <= 0x303E)
            || (letter >= 0xFF01 && letter <= 0xFFE6)
            || (letter >= 0x1F300 && letter <= 0x1FAFF));
  }
}
