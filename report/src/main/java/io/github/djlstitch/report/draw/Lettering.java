// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

/**
 * About how wide text is. Reckoned, not measured: a drawing must be the same wherever it is made,
 * and a page is shown with fonts that are not here.
 */
final class Lettering {
  private static final String NARROW = " .,:;'|!()[]ijlft1I-";
  private static final String WIDE = "mwMWQO@%&";
  private static final double NARROW_EM = 0.34;
  private static final double WIDE_EM = 0.86;
  private static final double USUAL_EM = 0.57;
  private static final int FIRST_IDEOGRAPH = 0x2e80;

  private Lettering() {}

  /** Pixels that a text of this size takes. */
  static double width(String text, double size) {
    return text.codePoints().mapToDouble(Lettering::em).sum() * size;
  }

  /** The text, or its beginning and an ellipsis if it is wider. */
  static String fitted(String text, double size, double width) {
    if (width(text, size) <= width) {
      return text;
    }
    int[] letters = text.codePoints().toArray();
    double taken = size;
    int count = 0;
    while (count < letters.length && taken + em(letters[count]) * size <= width) {
      taken += em(letters[count++]) * size;
    }
    return new String(letters, 0, count) + "\u2026";
  }

  private static double em(int letter) {
    if (letter >= FIRST_IDEOGRAPH) {
      return 1;
    }
    return NARROW.indexOf(letter) >= 0 ? NARROW_EM : WIDE.indexOf(letter) >= 0 ? WIDE_EM : USUAL_EM;
  }
}
