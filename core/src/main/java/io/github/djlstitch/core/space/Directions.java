// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.UnitDirections;

/** The vectors of a latent space as unit vectors, checked to have a direction. */
final class Directions {
  private Directions() {}

  /** Unit vectors, shape (N, D). */
  static FloatMatrix of(LatentSpace space) {
    requireDirection(space, space.vectors(), "is zero");
    int width = space.vectors().columns();
    FloatMatrix origin = FloatMatrix.wrap(1, width, new float[width]);
    return UnitDirections.from(space.vectors(), origin);
  }

  /** Unit vectors, minus their mean, to unit length again, shape (N, D). */
  static FloatMatrix centred(LatentSpace space) {
    requireDirection(space, space.vectors(), "is zero");
    FloatMatrix centred = UnitDirections.from(space.vectors(), center(space));
    requireDirection(space, centred, "is the mean of all");
    return centred;
  }

  /** Unit vectors, minus their mean, which leaves them of different lengths, shape (N, D). */
  static FloatMatrix deviations(LatentSpace space) {
    FloatMatrix unit = of(space);
    double[] mean = new double[unit.columns()];
    for (int i = 0; i < unit.rows(); i++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += (double) unit.get(i, j) / unit.rows();
      }
    }
    float[] values = unit.toArray();
    for (int k = 0; k < values.length; k++) {
      values[k] -= (float) mean[k % mean.length];
    }
    return FloatMatrix.wrap(unit.rows(), unit.columns(), values);
  }

  /** The mean of the unit vectors, shape (1, D). */
  static FloatMatrix center(LatentSpace space) {
    return UnitDirections.mean(space.vectors(), true);
  }

  private static void requireDirection(LatentSpace space, FloatMatrix vectors, String reason) {
    for (int i = 0; i < vectors.rows(); i++) {
      if (isZero(vectors.row(i))) {
        throw StitchException.badInput(
            "sample '%s' of '%s' has no direction in the space of '%s': its vector %s;"
                + " remove the sample or choose uniform anchors",
            space.ids().get(i), space.provenance().dataset(), space.provenance().encoder(), reason);
      }
    }
  }

  static boolean isZero(float[] row) {
    for (float value : row) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
