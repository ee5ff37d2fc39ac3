// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.engine.LinearAlgebra;

/**
 * A fitted linear map between two spaces. Immutable and thread-safe.
 *
 * @param map shape (D, E): row vectors of the source space times this
 */
public record Alignment(FloatMatrix map) {
  /** Carries standardised vectors over: (N, D) to (N, E). */
  public FloatMatrix apply(FloatMatrix vectors) {
    return LinearAlgebra.product(vectors, map);
  }
}
