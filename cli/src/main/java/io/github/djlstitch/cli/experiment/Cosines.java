// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

/** The cosine of two vectors. */
final class Cosines {
  private Cosines() {}

  /** In float64; 0 if one of them is zero. */
  static double of(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
  }
}
