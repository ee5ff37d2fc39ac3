// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.cluster.FarthestPointSampling;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.engine.UnitDirections;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Coverage and span of one latent space by anchors, measured on the unit vectors of samples and
 * anchors, moved by the mean of the samples and brought to unit length again. The center is that of
 * the samples, so that different anchors are measured in the same frame and are not dependent for
 * the mere reason that they were centered on themselves.
 *
 * @param count number of anchors M
 * @param coverage mean over the samples of the largest {@code |cos|} to an anchor, 0 to 1
 * @param coveringRadius the largest {@code 1 - |cos|} of a sample to its nearest anchor, 0 to 1
 * @param delta the distance {@code 1 - |cos|} that anchors are pruned to, 0 to 1
 * @param kept how many anchors are left when they are pruned until each two are at least {@code
 *     delta} apart; see {@link FarthestPointSampling}
 * @param conditionNumber largest over smallest singular value of the anchors, among the first
 *     min(M, D); infinite if they are dependent to float32 precision
 * @param effectiveRank {@code exp(H)} of the singular values divided by their sum, H the entropy in
 *     nats; 0 if all anchors are zero, else 1 to min(M, D) (Roy and Vetterli 2007, "The effective
 *     rank: a measure of effective dimensionality")
 */
public record AnchorDiagnostics(
    int count,
    double coverage,
    double coveringRadius,
    double delta,
    int kept,
    double conditionNumber,
    double effectiveRank) {

  /** The published pruning distance of inverse relative projection (arXiv:2406.15057). */
  public static final double DELTA = 0.75;

  private static final int ROWS = 8192; // bounds the cosines that are in memory at a time

  /**
   * Measures anchors.
   *
   * @param space the samples, and where the anchors are found
   * @param delta pruning distance, 0 to 1
   */
  public static AnchorDiagnostics of(LatentSpace space, Anchors anchors, double delta) {
    FloatMatrix center = Directions.center(space); // (1, D)
    FloatMatrix keys = UnitDirections.from(space.anchors(anchors), center); // (M, D)
    double[] nearest = nearest(UnitDirections.from(space.vectors(), center), keys);
    float[] singular = LinearAlgebra.singularValues(keys);
    return new AnchorDiagnostics(
        anchors.count(),
        Arrays.stream(nearest).average().orElse(0),
        1 - Arrays.stream(nearest).min().orElse(1),
        delta,
        kept(keys, delta, anchors.seed()),
        conditionNumber(singular, LinearAlgebra.rankTolerance(keys)),
        effectiveRank(singular));
  }

  // The largest |cos| of each sample to an anchor.
  private static double[] nearest(FloatMatrix samples, FloatMatrix keys) {
    FloatMatrix right = LinearAlgebra.transpose(keys); // (D, M)
    double[] nearest = new double[samples.rows()];
    int at = 0;
    for (int from = 0; from < samples.rows(); from += ROWS) {
      FloatMatrix block = samples.rowRange(from, Math.min(from + ROWS, samples.rows()));
      FloatMatrix cosines = LinearAlgebra.product(block, right); // (B, M)
      for (int i = 0; i < cosines.rows(); i++) {
        nearest[at++] = Math.min(1, largest(cosines.row(i)));
      }
    }
    return nearest;
  }

  private static double largest(float[] cosines) {
    float most = 0;
    for (float cosine : cosines) {
      most = Math.max(most, Math.abs(cosine));
    }
    return most;
  }

  // An anchor that is the mean of the samples spans nothing.
  private static int kept(FloatMatrix keys, double delta, long seed) {
    int[] spanning =
        IntStream.range(0, keys.rows()).filter(i -> !Directions.isZero(keys.row(i))).toArray();
    return spanning.length == 0
        ? 0
        : FarthestPointSampling.choose(
                keys.select(spanning),
                FarthestPointSampling.Metric.ABSOLUTE_COSINE,
                spanning.length,
                delta,
                seed)
            .length;
  }

  private static double conditionNumber(float[] singular, double tolerance) {
    float smallest = singular[singular.length - 1];
    return smallest <= singular[0] * tolerance
        ? Double.POSITIVE_INFINITY
        : (double) singular[0] / smallest;
  }

  private static double effectiveRank(float[] singular) {
    double sum = 0;
    for (float value : singular) {
      sum += value;
    }
    double entropy = 0;
    for (float value : singular) {
      double p = value / sum;
      entropy -= value > 0 ? p * Math.log(p) : 0;
    }
    return sum == 0 ? 0 : Math.exp(entropy);
  }
}
