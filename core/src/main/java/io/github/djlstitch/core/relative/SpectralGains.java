// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

/**
 * The weights of the singular directions of its anchors {@code A = U S Vᵀ}: encoded as {@code V
 * e(S) Uᵀ} and decoded as {@code U d(S) Vᵀ} with
 *
 * <pre>e(s) = s (s² + l)^-split    d(s) = s (s² + l)^(split - 1)    l = lambda + relative mean(s²)
 * </pre>
 *
 * so that {@code e(s) d(s) = s² / (s² + l)} whatever the split. Every linear codec is one of this
 * family: inverse relative projection has split 0 (cosines in, inverse out), anchor coordinates
 * have split 1 (coefficients in, anchors out), a Parseval frame has split 1/2.
 *
 * @param lambda ridge weight, 0 or more
 * @param relative ridge weight in units of the mean squared singular value over the width of A
 * @param split where the inverse is taken, from 0 (all by the decoder) to 1 (all by the encoder)
 * @param floor singular values at most this times the largest count as 0
 */
record SpectralGains(double lambda, double relative, double split, double floor) {}
