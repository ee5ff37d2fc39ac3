// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.Named;

/**
 * What becomes of the anchors that pruning dropped (Maiorca et al. 2024, "anchor completion"). The
 * paper says only: encode the identity with a pruned subset S (k, D) and decode it with the full
 * set. Both readings are here; each falls apart into one half for each space, so that it stays
 * zero-shot.
 */
public enum Completion implements Named {
  /** They are dropped: {@code S_Xᵀ (S_Yᵀ)⁺}. */
  NONE,
  /**
   * The identity is a complete set of anchors of X, and its image {@code R = S_Xᵀ (S_Yᵀ)⁺} in Y is
   * the parallel one: {@code (Rᵀ)⁺}. For independent pruned anchors that is {@code S_X⁺ S_Y},
   * coefficients on the pruned anchors in and pruned anchors out, which is how it is computed; with
   * {@link Inverse.Kind#RIDGE} it is anchor coordinates on the pruned set.
   */
  BASIS,
  /**
   * The pruned code is lifted to all anchors, {@code C = A_X S_X⁺} (M, k), and decoded with all of
   * them: {@code S_Xᵀ (A_X S_X⁺)ᵀ (A_Yᵀ)⁺}, the cosines to all anchors of a vector's projection
   * onto the pruned ones.
   */
  LIFTED;
}
