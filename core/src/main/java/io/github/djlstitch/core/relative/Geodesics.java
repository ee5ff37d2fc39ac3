// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.memory.EvenRows;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Geodesic distances to the anchors of one space, as Isomap estimates them (Tenenbaum et al. 2000,
 * doi:10.1126/science.290.5500.2319): the lengths of the shortest paths in a {@link NeighborGraph}
 * of the anchors and at most {@link #MOST_SAMPLES} samples, over the mean length between two
 * anchors, so that neither a rigid motion nor a scale of the space counts.
 *
 * @param nodes anchors first, then samples, shape (R, D)
 * @param paths lengths from each node to the anchors, shape (R, M)
 * @param mean mean length between two anchors; 1 for one anchor, or anchors at one place
 * @param parts of the graph before they were joined
 */
record Geodesics(FloatMatrix nodes, FloatMatrix paths, double mean, int parts) {
  /** Twice as many changed the accuracy of stitching on TREC by less than .02. */
  static final int MOST_SAMPLES = 2000;

  /** Squared distance over both squared lengths, up to which two vectors are of one sample. */
  private static final double SAME = 1e-9;

  private static final double NEAR = 1e-4;

  /** R x M paths of at most 100 MB. */
  private static final int MOST_ANCHORS = 4096;

  /** Evenly spaced rows of a space's data (N, D). */
  static FloatMatrix samples(FloatMatrix data) {
    return EvenRows.of(data, MOST_SAMPLES);
  }

  /**
   * Distances along a graph.
   *
   * @param anchors finite, shape (M, D)
   * @param samples of {@link #samples}, in the same frame; those that are anchors count once
   * @param neighbors k, at least 1
   * @throws StitchException (resources) for too many anchors; (bad input) if a sample is not finite
   */
  static Geodesics of(FloatMatrix anchors, FloatMatrix samples, int neighbors) {
    if (anchors.rows() > MOST_ANCHORS) {
      throw StitchException.resources(
          "geodesic distances to %d anchors; expected at most %d, so take fewer anchors or another"
              + " similarity",
          anchors.rows(), MOST_ANCHORS);
    }
    if (samples.firstNonFiniteRow().isPresent()) {
      throw StitchException.badInput(
          "a vector of the space is not finite, so it has no nearest neighbors; encode the data"
              + " again");
    }
    FloatMatrix nodes = FloatMatrix.concatRows(anchors, others(anchors, samples)); // (R, D)
    var graph = NeighborGraph.of(nodes, neighbors);
    FloatMatrix paths = graph.paths(anchors.rows()); // (R, M)
    return new Geodesics(nodes, paths, mean(paths), graph.parts());
  }

  // An anchor that was encoded in another batch than the samples differs from itself by rounding.
  private static FloatMatrix others(FloatMatrix anchors, FloatMatrix samples) {
    FloatMatrix inner = LinearAlgebra.product(samples, LinearAlgebra.transpose(anchors)); // (N, M)
    double[] lengths =
        IntStream.range(0, anchors.rows()).mapToDouble(j -> squared(anchors.row(j))).toArray();
    IntStream kept =
        IntStream.range(0, samples.rows())
            .filter(i -> !isAnchor(samples.row(i), inner.row(i), anchors, lengths));
    return samples.select(kept.toArray());
  }

  // Rounding of inner products hides small distances, so they are only a quick test.
  private static boolean isAnchor(float[] x, float[] inner, FloatMatrix anchors, double[] lengths) {
    double own = squared(x);
    return IntStream.range(0, lengths.length)
        .filter(j -> own + lengths[j] - 2.0 * inner[j] <= NEAR * (own + lengths[j]))
        .anyMatch(j -> distance(x, anchors.row(j)) <= SAME * (own + lengths[j]));
  }

  private static double squared(float[] x) {
    return distance(x, new float[x.length]);
  }

  private static double distance(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double d = (double) x[i] - y[i];
      sum += d * d;
    }
    return sum;
  }

  private static double mean(FloatMatrix paths) {
    int m = paths.columns();
    double sum =
        IntStream.range(0, m)
            .mapToObj(paths::row)
            .flatMapToDouble(row -> IntStream.range(0, m).mapToDouble(j -> row[j]))
            .sum();
    return sum > 0 ? sum / m / (m - 1.0) : 1;
  }

  /** The arrays that a comparison takes: nodes (R, D), paths over the mean (R, M), mean (1, 1). */
  List<FloatMatrix> tensors() {
    float[] relative = paths.toArray();
    for (int i = 0; i < relative.length; i++) {
      relative[i] = (float) (relative[i] / mean);
    }
    return List.of(
        nodes,
        FloatMatrix.wrap(paths.rows(), paths.columns(), relative),
        FloatMatrix.of(1, 1, (float) mean));
  }
}
