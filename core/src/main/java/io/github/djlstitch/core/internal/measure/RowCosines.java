// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.Arrays;

/** The cosines of vectors, and of rows with rows. */
public final class RowCosines {
  private RowCosines() {}

  /**
   * The cosine of each row of {@code x} with the same row of {@code y}; 0 for a row of zeros.
   *
   * @param x shape (N, D)
   * @param y shape (N, D)
   * @throws StitchException (bad input) if the shapes differ
   */
  public static double[] of(FloatMatrix x, FloatMatrix y) {
    if (x.rows() != y.rows() || x.columns() != y.columns()) {
      throw StitchException.badInput("%s cannot be compared with %s", x, y);
    }
    double[] cosines = new double[x.rows()];
    Arrays.setAll(cosines, i -> of(x.row(i), y.row(i)));
    return cosines;
  }

  /** The mean of these cosines; NaN without rows. */
  public static double mean(FloatMatrix x, FloatMatrix y) {
    return Arrays.stream(of(x, y)).average().orElse(Double.NaN);
  }

  /**
   * The cosine of two vectors, in float64; 0 if one of them is zero.
   *
   * @param x D values
   * @param y D values
   */
  public static double of(float[] x, float[] y) {
    double product = 0;
    double left = 0;
    double right = 0;
    for (int j = 0; j < x.length; j++) {
      product += (double) x[j] * y[j];
      left += (double) x[j] * x[j];
      right += (double) y[j] * y[j];
    }
    double size = Math.sqrt(left) * Math.sqrt(right);
    return size == 0 ? 0 : product / size;
  }
}
