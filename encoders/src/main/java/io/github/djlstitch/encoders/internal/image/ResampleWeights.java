// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

/**
 * The weights of source pixels for each target pixel along one axis, as fixed-point integers with
 * 22 fractional bits. Immutable by convention.
 */
final class ResampleWeights {
  /** Fractional bits: 32 less the 8 of a pixel and 2 for overshoot, as in Pillow. */
  static final int BITS = 22;

  private final int[] first;
  private final int[] count;
  private final int[] weights;
  private final int stride;

  private ResampleWeights(int targets, int stride) {
    this.first = new int[targets];
    this.count = new int[targets];
    this.weights = new int[Math.multiplyExact(targets, stride)];
    this.stride = stride;
  }

  /**
   * The weights for some targets of a resized axis.
   *
   * @param source pixels before
   * @param target pixels after
   * @param from first target
   * @param to target after the last one
   */
  static ResampleWeights of(ResizeFilter filter, int source, int target, int from, int to) {
    double scale = (double) source / target;
    double stretch = Math.max(scale, 1);
    int most = (int) Math.min(source, 2 * Math.ceil(filter.support() * stretch) + 1);
    var result = new ResampleWeights(to - from, most);
    double[] row = new double[most];
    for (int o = from; o < to; o++) {
      result.fill(o - from, filter, (o + 0.5) * scale, stretch, source, row);
    }
    return result;
  }

  private void fill(
      int o, ResizeFilter filter, double center, double stretch, int source, double[] row) {
    double support = filter.support() * stretch;
    int low = (int) Math.max(center - support + 0.5, 0);
    int high = (int) Math.min(center + support + 0.5, source);
    double inverse = 1 / stretch;
    double sum = 0;
    for (int j = low; j < high; j++) {
      double weight = filter.weight((j - center + 0.5) * inverse);
      row[j - low] = weight;
      sum += weight;
    }
    first[o] = low;
    count[o] = high - low;
    for (int j = 0; j < high - low; j++) {
      weights[o * stride + j] = fixed(sum == 0 ? row[j] : row[j] / sum);
    }
  }

  private static int fixed(double weight) {
    return (int) (weight * (1 << BITS) + (weight < 0 ? -0.5 : 0.5));
  }

  /** The number of targets. */
  int targets() {
    return first.length;
  }

  /** The first source pixel of a target. */
  int first(int target) {
    return first[target];
  }

  /** Counts the source pixels of a target pixel. */
  int count(int target) {
    return count[target];
  }

  /** Returns the index in {@link #values} of a target pixel's first weight. */
  int offset(int target) {
    return target * stride;
  }

  /** The weights of all targets. */
  int[] values() {
    return weights;
  }

  /** The first source pixel that any target needs. */
  int start() {
    return first[0];
  }

  /** The source pixel after the last one that any target needs. */
  int end() {
    int last = first.length - 1;
    return first[last] + count[last];
  }
}
