// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.memory;

import io.github.djlstitch.core.FloatMatrix;

/** Rows spread evenly, so that of data in order of their classes all are seen. */
public final class EvenRows {
  private EvenRows() {}

  /** The numbers of {@code most} of so many rows, ascending; of all, if there are no more. */
  public static int[] of(int rows, int most) {
    int[] chosen = new int[Math.min(rows, most)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = (int) ((long) i * rows / chosen.length);
    }
    return chosen;
  }

  /** These rows of vectors (N, D). */
  public static FloatMatrix of(FloatMatrix vectors, int most) {
    return vectors.rows() <= most ? vectors : vectors.select(of(vectors.rows(), most));
  }
}
