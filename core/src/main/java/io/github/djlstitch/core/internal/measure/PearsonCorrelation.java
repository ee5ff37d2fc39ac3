// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.measure;

import java.util.Arrays;
import java.util.OptionalDouble;

/** The linear correlation of two series. */
public final class PearsonCorrelation {
  private PearsonCorrelation() {}

  /**
   * Pearson's r; empty for fewer than 3 pairs or without spread.
   *
   * @param x a series
   * @param y as many values
   */
  public static OptionalDouble of(double[] x, double[] y) {
    double mx = Arrays.stream(x).average().orElse(0);
    double my = Arrays.stream(y).average().orElse(0);
    double product = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < x.length; i++) {
      product += (x[i] - mx) * (y[i] - my);
      left += (x[i] - mx) * (x[i] - mx);
      right += (y[i] - my) * (y[i] - my);
    }
    boolean defined = x.length > 2 && left > 0 && right > 0;
    return defined ? OptionalDouble.of(product / Math.sqrt(left * right)) : OptionalDouble.empty();
  }
}
