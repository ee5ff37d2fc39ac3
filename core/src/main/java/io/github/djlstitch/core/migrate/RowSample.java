// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Draws rows at random whose number is not known before (Vitter 1985, algorithm R). Rows that are
 * zero or not finite are passed over. Not thread-safe.
 */
public final class RowSample {
  private final Random random;
  private final long[] kept;
  private long usable;
  private long seen;

  private RowSample(int most, long seed) {
    this.kept = new long[most];
    this.random = new Random(seed);
  }

  /** Draws so many rows, or all if they are fewer. */
  public static RowSample of(int most, long seed) {
    return new RowSample(most, seed);
  }

  /** Offers the next rows, shape (B, D). */
  public void add(FloatMatrix block) {
    float[] row = new float[block.columns()];
    for (int i = 0; i < block.rows(); i++) {
      block.copyRow(i, row, 0);
      if (isUsable(row)) {
        offer(seen);
      }
      seen++;
    }
  }

  private void offer(long row) {
    if (usable < kept.length) {
      kept[(int) usable] = row;
    } else {
      long place = random.nextLong(usable + 1);
      if (place < kept.length) {
        kept[(int) place] = row;
      }
    }
    usable++;
  }

  private static boolean isUsable(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += (double) value * value;
    }
    return sum > 0 && sum < Double.POSITIVE_INFINITY; // false for NaN
  }

  /** Counts the rows that were offered. */
  public long seen() {
    return seen;
  }

  /** The numbers of the rows that were drawn, in ascending order. */
  public long[] rows() {
    return LongStream.of(drawn()).sorted().toArray();
  }

  /** Likewise, of at most so many of them, drawn at random. */
  public long[] some(int most) {
    long[] drawn = drawn();
    for (int i = drawn.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      long row = drawn[i];
      drawn[i] = drawn[other];
      drawn[other] = row;
    }
    return LongStream.of(drawn).limit(most).sorted().toArray();
  }

  private long[] drawn() {
    return LongStream.of(kept).limit(Math.min(usable, kept.length)).toArray();
  }
}
