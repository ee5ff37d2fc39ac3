// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.LinearAlgebra;

/**
 * One space's two independent halves, built from its own anchors alone: into the relative space and
 * back. A vector of space X is carried into space Y by {@code x.toRelative} and then {@code
 * y.fromRelative}; neither codec has seen the other space.
 *
 * <ul>
 *   <li>Inverse relative projection (Maiorca et al. 2024, arXiv:2406.15057): cosines in, {@code r
 *       (Aᵀ)⁺} out. Fragile when anchors are nearly dependent: see {@link #conditionNumber}.
 *   <li>Anchor coordinates (ours): ridge coefficients {@code c = A (AᵀA + lambda I)⁻¹ x} in, {@code
 *       Aᵀc} out. The composition of two is the ridge regression from X to Y.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class SpaceCodec {
  private final RelativeProjection projection;
  private final FloatMatrix inverse;

  private SpaceCodec(RelativeProjection projection, FloatMatrix inverse) {
    this.projection = projection;
    this.inverse = inverse;
  }

  /** Anchor coordinates with ridge weight {@code lambda} over anchors (M, D). */
  public static SpaceCodec coordinates(FloatMatrix anchors, Centering centering, double lambda) {
    var projection = RelativeProjection.onto(anchors, Similarity.coordinates(lambda), centering);
    return new SpaceCodec(projection, projection.anchors());
  }

  /** Plain inverse relative projection over anchors (M, D), by the pseudo-inverse. */
  public static SpaceCodec inverseProjection(FloatMatrix anchors, Centering centering) {
    var projection = RelativeProjection.onto(anchors, Similarity.cosine(), centering);
    // r = x Aᵀ, so x = r (Aᵀ)⁺ and (Aᵀ)⁺ = (A⁺)ᵀ.
    FloatMatrix inverse =
        LinearAlgebra.transpose(LinearAlgebra.pseudoInverse(projection.anchors())); // (M, D)
    return new SpaceCodec(projection, inverse);
  }

  /** The half that leads into the relative space. */
  public RelativeProjection projection() {
    return projection;
  }

  /** Vectors as the encoder gave them to the relative space: (N, D) to (N, M). */
  public FloatMatrix toRelative(FloatMatrix vectors) {
    return projection.apply(vectors);
  }

  /**
   * Relative representations to standardised vectors of this space: (N, M) to (N, D). Only the
   * direction means something; the length is whatever the inverse gives.
   *
   * @throws StitchException (bad input) if the width is not the number of this space's anchors
   */
  public FloatMatrix fromRelative(FloatMatrix relative) {
    if (relative.columns() != projection.anchorCount()) {
      throw StitchException.badInput(
          "relative vectors over %d anchors cannot enter a space with %d anchors;"
              + " both spaces need the same anchors in the same order",
          relative.columns(), projection.anchorCount());
    }
    return LinearAlgebra.product(relative, inverse);
  }

  /**
   * The condition number of what {@link #fromRelative} inverts: the largest over the smallest
   * singular value of the standardised anchors among the first min(M, D); infinite if the anchors
   * are dependent to float32 precision.
   */
  public double conditionNumber() {
    float[] singular = LinearAlgebra.singularValues(projection.anchors());
    double smallest = singular[singular.length - 1];
    boolean dependent = smallest <= singular[0] * LinearAlgebra.rankTolerance(projection.anchors());
    return dependent ? Double.POSITIVE_INFINITY : singular[0] / smallest;
  }
}
