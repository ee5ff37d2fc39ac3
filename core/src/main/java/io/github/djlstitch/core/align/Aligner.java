// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.LinearAlgebra;

/**
 * A pairwise baseline: a linear map fitted on the anchors of two spaces at once, which zero-shot
 * stitching does without (Maiorca et al. 2023, arXiv:2311.00664).
 */
public enum Aligner {
  /** The orthogonal map, or semi-orthogonal one between widths, that moves anchors the least. */
  PROCRUSTES {
    @Override
    public Alignment fit(FloatMatrix from, FloatMatrix to, double lambda) {
      requirePaired(from, to);
      return new Alignment(LinearAlgebra.procrustes(from, to));
    }
  },
  /** The ridge regression {@code (XᵀX + lambda I)⁻¹ XᵀY}. */
  RIDGE {
    @Override
    public Alignment fit(FloatMatrix from, FloatMatrix to, double lambda) {
      requirePaired(from, to);
      return new Alignment(LinearAlgebra.ridge(from, to, lambda));
    }
  };

  /**
   * Fits the map.
   *
   * @param from standardised anchors of the source space, shape (M, D)
   * @param to the same anchors in the target space, in the same order, shape (M, E)
   * @param lambda ridge weight, read by {@link #RIDGE} only
   * @throws StitchException (bad input) if the two numbers of anchors differ
   */
  public abstract Alignment fit(FloatMatrix from, FloatMatrix to, double lambda);

  private static void requirePaired(FloatMatrix from, FloatMatrix to) {
    if (from.rows() != to.rows()) {
      throw StitchException.badInput(
          "an alignment needs the same anchors in both spaces but got %d and %d",
          from.rows(), to.rows());
    }
  }
}
