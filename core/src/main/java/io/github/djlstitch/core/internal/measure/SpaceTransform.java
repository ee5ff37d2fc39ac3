// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Changes of a space (N, D) that say nothing of its samples, to see which measures are blind to
 * them: the invariances that latentis tests for. Each is drawn from a seed.
 */
public enum SpaceTransform implements Named {
  /**
   * A rotation or reflection, each equally likely: (N, D) times an orthogonal (D, D) of the Haar
   * distribution, as a product of D reflections (Mezzadri 2007, arXiv:math-ph/0609050, section 5),
   * in 2 N D² operations.
   */
  ISOMETRY,
  /** Another order of the axes. */
  PERMUTATION,
  /** All vectors times one number from 2 to 8. */
  SCALING,
  /** One vector added to all, as long as they are on average. */
  TRANSLATION;

  private static final int WIDEST = 8192;
  private static final double LEAST_FACTOR = 2;
  private static final double MOST_FACTOR = 8;

  /**
   * Transforms vectors.
   *
   * @param x shape (N, D)
   * @return shape (N, D)
   * @throws StitchException (resources) for an isometry of more than 8,192 dimensions
   */
  public FloatMatrix apply(FloatMatrix x, long seed) {
    var random = new SplittableRandom(seed); // well mixed for seeds that are close
    return switch (this) {
      case ISOMETRY -> isometry(x, random);
      case PERMUTATION -> permutation(x, seed);
      case SCALING -> {
        double factor = LEAST_FACTOR + (MOST_FACTOR - LEAST_FACTOR) * random.nextDouble();
        yield changed(x, (row, d) -> row[d] * factor);
      }
      case TRANSLATION -> {
        double[] shift = gaussian(x.columns(), random);
        double size = NormStatistics.of(x).mean() / Math.sqrt(dot(shift, shift, 0));
        yield changed(x, (row, d) -> row[d] + size * shift[d]);
      }
    };
  }

  /** A value of the result, from a row and the place in it. */
  private interface Change {
    double at(float[] row, int place);
  }

  private static FloatMatrix changed(FloatMatrix x, Change change) {
    float[] values = new float[Math.multiplyExact(x.rows(), x.columns())];
    float[] row = new float[x.columns()];
    for (int i = 0; i < x.rows(); i++) {
      x.copyRow(i, row, 0);
      for (int d = 0; d < row.length; d++) {
        values[i * row.length + d] = (float) change.at(row, d);
      }
    }
    return FloatMatrix.wrap(x.rows(), x.columns(), values);
  }

  private static FloatMatrix permutation(FloatMatrix x, long seed) {
    int[] order = RandomOrder.uniform(x.columns(), x.columns(), seed);
    return changed(x, (row, d) -> row[order[d]]);
  }

  private static FloatMatrix isometry(FloatMatrix x, RandomGenerator random) {
    int width = x.columns();
    if (width > WIDEST) {
      throw StitchException.resources(
          "an isometry of %d dimensions; at most %d are rotated", width, WIDEST);
    }
    double[][] reflections = new double[width][];
    double[] signs = new double[width];
    for (int k = 0; k < width; k++) {
      reflections[k] = reflection(width - k, random, signs, k);
    }
    float[] values = new float[Math.multiplyExact(x.rows(), width)];
    float[] row = new float[width];
    double[] turned = new double[width];
    for (int i = 0; i < x.rows(); i++) {
      x.copyRow(i, row, 0);
      Arrays.setAll(turned, d -> row[d]);
      for (int k = 0; k < width; k++) {
        reflect(turned, k, reflections[k], signs[k]);
      }
      for (int d = 0; d < width; d++) {
        values[i * width + d] = (float) turned[d];
      }
    }
    return FloatMatrix.wrap(x.rows(), width, values);
  }

  // The unit normal of the mirror that turns a random direction into the first axis.
  private static double[] reflection(
      int dimensions, RandomGenerator random, double[] signs, int place) {
    double[] v = gaussian(dimensions, random);
    signs[place] = v[0] < 0 ? 1 : -1;
    v[0] -= signs[place] * Math.sqrt(dot(v, v, 0));
    double size = Math.sqrt(dot(v, v, 0));
    Arrays.setAll(v, d -> v[d] / size);
    return v;
  }

  private static void reflect(double[] x, int from, double[] normal, double sign) {
    double twice = 2 * dot(normal, x, from);
    for (int d = 0; d < normal.length; d++) {
      x[from + d] = sign * (x[from + d] - twice * normal[d]);
    }
  }

  private static double dot(double[] a, double[] b, int from) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[from + d];
    }
    return sum;
  }

  private static double[] gaussian(int count, RandomGenerator random) {
    double[] values = new double[count];
    Arrays.setAll(values, d -> random.nextGaussian());
    return values;
  }
}
