// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.words;

/**
 * The logistic function from a table: within 1e-3, and the same bits on every processor, unlike
 * {@link Math#exp}.
 */
final class Logistic {
  private static final int END = 8; // beyond it is 0 or 1 to 4e-4
  private static final int STEPS = 256; // a unit
  private static final float[] TABLE = new float[2 * END * STEPS];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = (float) (1 / (1 + StrictMath.exp(END - (i + .5) / STEPS)));
    }
  }

  private Logistic() {}

  static float of(float x) {
    if (x <= -END) {
      return 0;
    }
    return x >= END ? 1 : TABLE[(int) ((x + END) * STEPS)];
  }
}
