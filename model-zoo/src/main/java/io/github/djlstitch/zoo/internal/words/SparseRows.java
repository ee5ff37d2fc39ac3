// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.words;

/**
 * A sparse matrix by rows.
 *
 * @param columns of the matrix
 * @param places the columns of each row's values, ascending
 * @param values the values, as {@code places}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SparseRows(int columns, int[][] places, float[][] values) {
  /** This matrix times dense rows: (N, L) times (L, D) to (N, D). */
  float[][] times(float[][] dense) {
    float[][] out = new float[places.length][dense[0].length];
    for (int i = 0; i < places.length; i++) {
      for (int k = 0; k < places[i].length; k++) {
        add(values[i][k], dense[places[i][k]], out[i]);
      }
    }
    return out;
  }

  /** The transpose times dense rows: (L, N) times (N, D) to (L, D). */
  float[][] transposedTimes(float[][] dense) {
    float[][] out = new float[columns][dense[0].length];
    for (int i = 0; i < places.length; i++) {
      for (int k = 0; k < places[i].length; k++) {
        add(values[i][k], dense[i], out[places[i][k]]);
      }
    }
    return out;
  }

  private static void add(float times, float[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] += times * from[i];
    }
  }
}
