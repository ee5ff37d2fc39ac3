// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Arrays;

/**
 * The rows that may be among the k nearest, by cosines in float32: all that are within twice the
 * error of such a cosine of the k-th largest. Not thread-safe.
 */
final class Shortlist {
  private static final int SPARE = 64;

  private final int k;
  private final float margin;
  private final int most;
  private int[] rows;
  private float[] cosines;
  private int count;
  private float least = Float.NEGATIVE_INFINITY;
  private boolean tooLong;

  private Shortlist(int k, float margin, int most) {
    this.k = k;
    this.margin = margin;
    this.most = most;
    this.rows = new int[k + SPARE];
    this.cosines = new float[k + SPARE];
  }

  /**
   * An empty one, which becomes too long where all cosines in float64 are sooner computed: about a
   * sixteenth of the base.
   */
  static Shortlist of(int k, FloatMatrix base) {
    // A sum of D products of unit vectors in float32 is off by less than (D + 2) 2^-24 (Higham
    // 2002, section 3.1); the rest is for the roundings of the vectors and of the result.
    float margin = 2 * (base.columns() + 8) * 0x1p-24f;
    return new Shortlist(k, margin, Math.max(k + SPARE, base.rows() / 8));
  }

  /**
   * Adds rows, in the order of the base.
   *
   * @param from number of the first
   * @param some their cosines
   * @param excluded number of a row that is left out
   */
  void add(int from, float[] some, int excluded) {
    for (int j = 0; j < some.length; j++) {
      if (some[j] >= least && from + j != excluded && !tooLong) {
        add(from + j, some[j]);
      }
    }
  }

  private void add(int row, float cosine) {
    if (count == rows.length && !makeRoom()) {
      tooLong = true;
      return;
    }
    rows[count] = row;
    cosines[count++] = cosine;
  }

  /** Returns true if rows are missing, because too many are about as near. */
  boolean isTooLong() {
    return tooLong;
  }

  /** The rows, in the order of the base. */
  int[] rows() {
    dropFar();
    return Arrays.copyOf(rows, count);
  }

  private boolean makeRoom() {
    dropFar();
    if (count <= rows.length / 2) {
      return true;
    }
    int length = Math.min(2 * rows.length, most);
    boolean grows = length > rows.length;
    rows = Arrays.copyOf(rows, length);
    cosines = Arrays.copyOf(cosines, length);
    return grows;
  }

  // Those too far behind the k-th; of fewer than k, none.
  private void dropFar() {
    if (count >= k) {
      float[] sorted = Arrays.copyOf(cosines, count);
      Arrays.sort(sorted);
      least = sorted[count - k] - margin;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (cosines[i] >= least) {
        rows[kept] = rows[i];
        cosines[kept++] = cosines[i];
      }
    }
    count = kept;
  }
}
