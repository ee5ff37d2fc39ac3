// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

/**
 * The coordinates in which a map is fitted.
 *
 * @param in into them, (D, K)
 * @param out back again, (K, D)
 */
record Frame(Affine in, Affine out) {
  /** This frame and then, inside it, {@code inner}. */
  Frame then(Frame inner) {
    return new Frame(in.then(inner.in), inner.out.then(out));
  }
}
