// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;

/**
 * Takes directions back to where they came from. A standardized vector v is the direction of {@code
 * u - center} for a unit vector u; so u is where the ray from the center along v leaves the unit
 * sphere.
 */
final class Rescaling {
  private Rescaling() {}

  static FloatMatrix apply(FloatMatrix standardized, FloatMatrix center, double length) {
    int width = standardized.columns();
    float[] out = standardized.toArray();
    double[] c = new double[width];
    double size = 0;
    for (int j = 0; j < width; j++) {
      c[j] = center.get(0, j);
      size += c[j] * c[j];
    }
    for (int i = 0; i < standardized.rows(); i++) {
      rescale(out, i * width, c, size, length);
    }
    return FloatMatrix.wrap(standardized.rows(), width, out);
  }

  private static void rescale(float[] out, int at, double[] c, double size, double length) {
    double square = 0;
    double along = 0;
    for (int j = 0; j < c.length; j++) {
      square += (double) out[at + j] * out[at + j];
      along += out[at + j] * c[j];
    }
    double norm = Math.sqrt(square);
    double whole = length;
    double step = 0;
    if (norm > 0) {
      double cosine = along / norm;
      step = (Math.sqrt(Math.max(0, cosine * cosine + 1 - size)) - cosine) / norm;
    } else if (size > 0) {
      whole = length / Math.sqrt(size); // the center's own direction
    }
    for (int j = 0; j < c.length; j++) {
      out[at + j] = (float) (whole * (c[j] + step * out[at + j]));
    }
  }
}
