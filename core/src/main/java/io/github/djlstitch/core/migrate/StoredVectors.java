// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import java.util.List;
import java.util.function.Consumer;

/** The old index as a plan sees it: rows in an order that stays, wherever they are kept. */
public interface StoredVectors {
  /** The width D of the vectors. */
  int width();

  /** Passes all rows on in their order, in blocks of shape (B, D). */
  void each(Consumer<FloatMatrix> block);

  /**
   * Some rows, shape (rows, D).
   *
   * @param rows numbers from 0, in ascending order
   */
  FloatMatrix select(long[] rows);

  /** The ids of some rows, by which judgments know them; likewise. */
  List<String> ids(long[] rows);
}
