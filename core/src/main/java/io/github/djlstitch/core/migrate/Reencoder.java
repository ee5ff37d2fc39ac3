// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;

/** The new encoder on texts of the old index. */
@FunctionalInterface
public interface Reencoder {
  /**
   * The vectors that the new encoder gives for the texts of some rows, shape (rows, E).
   *
   * @param rows numbers from 0, in ascending order, none twice
   */
  FloatMatrix encode(long[] rows);
}
