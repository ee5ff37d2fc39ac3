// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.view;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.view.PrincipalAxes;

/** Projections of a space to two dimensions. Thread-safe. */
public final class Projection {
  private Projection() {}

  /**
   * The two principal axes of a space, along which other spaces of the same width can be shown too.
   *
   * @param rows vectors, shape (N, D), all finite
   * @throws StitchException (bad input) if there are no rows or a value is not finite
   */
  public static PrincipalAxes pca(FloatMatrix rows) {
    requireFinite(rows);
    return PrincipalAxes.of(rows);
  }

  /**
   * Places in the plane that keep neighbors together. Only nearness has a meaning: axes, distances
   * between groups and their sizes have none.
   *
   * @param rows vectors, shape (N, D), all finite, at most {@value NeighborEmbedding#MOST_ROWS}
   * @param perplexity about how many neighbors count, 1 to less than N - 1; usually 30
   * @param seed of the jitter that parts rows which are the same
   * @return shape (N, 2)
   * @throws StitchException (bad input) if one of these does not hold
   */
  public static FloatMatrix tsne(FloatMatrix rows, double perplexity, long seed) {
    requireFinite(rows);
    return NeighborEmbedding.of(rows, perplexity, seed);
  }

  private static void requireFinite(FloatMatrix rows) {
    if (rows.rows() < 1 || rows.columns() < 1) {
      throw StitchException.badInput(
          "a space of shape (%d, %d) has nothing to see", rows.rows(), rows.columns());
    }
    rows.firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput("row %d has a value that is not finite", row);
            });
  }
}
