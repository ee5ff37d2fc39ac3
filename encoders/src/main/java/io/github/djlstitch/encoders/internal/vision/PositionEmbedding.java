// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

/**
 * Learned positions on a grid of patches, resampled bicubically for a grid of another size.
 *
 * <p>Rows first, then columns, all in double. Sampling points are the centers of the new patches,
 * {@code (o + 0.5) * in / out - 0.5}. Two rules are in use:
 *
 * <ul>
 *   <li>antialiased (timm): the cubic of a = -0.5 is widened when the grid shrinks, and weights
 *       beyond the border are cut off and the rest scaled to sum 1, as Pillow does;
 *   <li>plain (Hugging Face): four taps of the cubic of a = -0.75 (Keys 1981), taps beyond the
 *       border read the border.
 * </ul>
 */
final class PositionEmbedding {
  private static final int SUPPORT = 2; // a cubic reaches two samples to either side

  private PositionEmbedding() {}

  /**
   * Resamples a grid.
   *
   * @param grid positions (from.height * from.width, width), row by row
   * @return positions (to.height * to.width, width)
   */
  static float[] resample(
      float[] grid, int width, ImageSize from, ImageSize to, boolean antialias) {
    double[] values = new double[grid.length];
    for (int i = 0; i < grid.length; i++) {
      values[i] = grid[i];
    }
    double[][] down = weights(from.height(), to.height(), antialias);
    double[][] across = weights(from.width(), to.width(), antialias);
    double[] rows = along(values, down, 1, from.width() * width);
    double[] all = along(rows, across, to.height(), width);
    float[] result = new float[all.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) all[i];
    }
    return result;
  }

  // values (outer, in, inner) by weights (out, in) to (outer, out, inner)
  private static double[] along(double[] values, double[][] weights, int outer, int inner) {
    int in = weights[0].length;
    double[] result = new double[outer * weights.length * inner];
    for (int a = 0; a < outer; a++) {
      for (int o = 0; o < weights.length; o++) {
        int to = (a * weights.length + o) * inner;
        for (int i = 0; i < in; i++) {
          add(values, (a * in + i) * inner, weights[o][i], result, to, inner);
        }
      }
    }
    return result;
  }

  private static void add(
      double[] values, int from, double weight, double[] result, int to, int count) {
    if (weight != 0) { // as most are
      for (int j = 0; j < count; j++) {
        result[to + j] += weight * values[from + j];
      }
    }
  }

  private static double[][] weights(int in, int out, boolean antialias) {
    double[][] weights = new double[out][in];
    for (int o = 0; o < out; o++) {
      double center = (o + 0.5) * in / out; // in edges, so that place i is centered at i + 0.5
      if (antialias) {
        cut(center, Math.max(1, (double) in / out), weights[o]);
      } else {
        clamped(center, weights[o]);
      }
    }
    return weights;
  }

  private static void cut(double center, double scale, double[] weights) {
    int first = Math.max(0, (int) (center - SUPPORT * scale + 0.5));
    int end = Math.min(weights.length, (int) (center + SUPPORT * scale + 0.5));
    double sum = 0;
    for (int i = first; i < end; i++) {
      weights[i] = cubic((i - center + 0.5) / scale, -0.5);
      sum += weights[i];
    }
    for (int i = first; i < end; i++) {
      weights[i] /= sum;
    }
  }

  private static void clamped(double center, double[] weights) {
    int floor = (int) Math.floor(center - 0.5);
    for (int place = floor - 1; place <= floor + SUPPORT; place++) {
      int inside = Math.min(weights.length - 1, Math.max(0, place));
      weights[inside] += cubic(center - 0.5 - place, -0.75);
    }
  }

  private static double cubic(double distance, double a) {
    double x = Math.abs(distance);
    if (x >= 2) {
      return 0;
    }
    return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : (((x - 5) * x + 8) * x - 4) * a;
  }
}
