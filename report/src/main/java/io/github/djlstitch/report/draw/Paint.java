// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import java.util.Locale;

/**
 * A color: one of the page's, which differ between the light and the dark theme, or a fixed one.
 *
 * @param role its name in the page's style sheet; empty for a fixed color
 * @param rgb its value, in the light theme if it has a role
 */
record Paint(String role, int rgb) {
  static final Paint INK = new Paint("ink", 0x1f2430);
  static final Paint MUTED = new Paint("muted", 0x5f6675);
  static final Paint GRID = new Paint("grid", 0xe4e7ec);
  static final Paint AXIS = new Paint("axis", 0xaab1bd);
  static final Paint PAPER = new Paint("paper", 0xffffff);

  // Okabe and Ito's colors without their yellow, which is too light on white, and four more;
  // told apart with the common forms of color blindness.
  private static final int[] SERIES = {
    0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x6b4fa0, 0x8a6d3b, 0x5c6370,
    0x9aa600
  };

  /** The number of colors there are for groups and curves before they come again. */
  static final int COUNT = SERIES.length;

  /** The color of a group or curve. */
  static Paint series(int index) {
    int place = index % COUNT;
    return new Paint("c" + place, SERIES[place]);
  }

  /** A color that is the same in both themes. */
  static Paint fixed(int rgb) {
    return new Paint("", rgb);
  }

  /** As {@code #rrggbb}. */
  String hex() {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}
