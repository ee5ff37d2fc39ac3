// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

/**
 * Learned positions on a grid of patches, resampled bicubically for a grid of another size.
 *
 * <p>Rows first, then columns, all in double. Sampling points are the centres of the new patches,
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

  /** For an output place, the first input place read and the weights from there on. */
  private record Taps(int[] places, double[] weights) {}

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
    Taps[] down = taps(from.height(), to.height(), antialias);
    Taps[] across = taps(from.width(), to.width(), antialias);
    double[] rows = along(values, down, 1, from.height(), from.width() * width);
    double[] all = along(rows, across, to.height(), from.width(), width);
    float[] result = new float[all.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) all[i];
    }
    return result;
  }

  // values (outer, in, inner) to (outer, taps.length, inner)
  private static double[] along(double[] values, Taps[] taps, int outer, int in, int inner) {
    double[] result = new double[outer * taps.length * inner];
    for (int a = 0; a < outer; a++) {
      for (int o = 0; o < taps.length; o++) {
        int to = (a * taps.length + o) * inner;
        for (int k = 0; k < taps[o].weights.length; k++) {
          int at = (a * in + taps[o].places[k]) * inner;
          for (int j = 0; j < inner; j++) {
            result[to + j] += taps[o].weights[k] * values[at + j];
          }
        }
      }
    }
    return result;
  }

  private static Taps[] taps(int in, int out, boolean antialias) {
    Taps[] taps = new Taps[out];
    for (int o = 0; o < out; o++) {
      double centre = (o + 0.5) * in / out; // in edges, so that place i is centred at i + 0.5
      taps[o] = antialias ? cut(centre, in, Math.max(1, (double) in / out)) : clamped(centre, in);
    }
    return taps;
  }

  private static Taps cut(double centre, int in, double scale) {
    int first = Math.max(0, (int) (centre - SUPPORT * scale + 0.5));
    int end = Math.min(in, (int) (centre + SUPPORT * scale + 0.5));
    int[] places = new int[end - first];
    double[] weights = new double[end - first];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      places[k] = first + k;
      weights[k] = cubic((first + k - centre + 0.5) / scale, -0.5);
      sum += weights[k];
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
    }
    return new Taps(places, weights);
  }

  private static Taps clamped(double centre, int in) {
    int floor = (int) Math.floor(centre - 0.5);
    int[] places = new int[2 * SUPPORT];
    double[] weights = new double[places.length];
    for (int k = 0; k < weights.length; k++) {
      int place = floor - 1 + k;
      places[k] = Math.min(in - 1, Math.max(0, place));
      weights[k] = cubic(centre - 0.5 - place, -0.75);
    }
    return new Taps(places, weights);
  }

  private static double cubic(double distance, double a) {
    double x = Math.abs(distance);
    if (x >= 2) {
      return 0;
    }
    return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : (((x - 5) * x + 8) * x - 4) * a;
  }
}
