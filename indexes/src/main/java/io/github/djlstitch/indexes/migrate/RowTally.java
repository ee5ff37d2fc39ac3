// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import io.github.djlstitch.indexes.RowBlock;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/** Plain facts about the rows of an index, counted on the way. Not thread-safe. */
public final class RowTally {
  private static final int MOST_COMPARED = 1_000_000;

  private final Set<Long> seen = new HashSet<>();
  private long rows;
  private long notFinite;
  private long zero;
  private long duplicates;
  private long compared;
  private double norms;
  private double squares;
  private double shortest = Double.POSITIVE_INFINITY;
  private double longest;

  /** Counts the next rows. */
  void add(RowBlock block) {
    float[] row = new float[block.vectors().columns()];
    for (int i = 0; i < block.rows(); i++) {
      block.vectors().copyRow(i, row, 0);
      add(row);
      if (compared < MOST_COMPARED) {
        compared++;
        duplicates += seen.add(digest(block.vectors().directBytes(i, i + 1))) ? 0 : 1;
      }
    }
  }

  private void add(float[] row) {
    rows++;
    double sum = 0;
    for (float value : row) {
      sum += (double) value * value;
    }
    double norm = Math.sqrt(sum);
    if (!Double.isFinite(norm)) {
      notFinite++;
    } else if (norm == 0) {
      zero++;
    } else {
      norms += norm;
      squares += norm * norm;
      shortest = Math.min(shortest, norm);
      longest = Math.max(longest, norm);
    }
  }

  // Two checksums of 32 bits: of a million vectors none agree by chance once in 37 million indexes.
  private static long digest(ByteBuffer bytes) {
    var first = new CRC32C();
    first.update(bytes.duplicate());
    var second = new java.util.zip.CRC32();
    second.update(bytes.duplicate());
    return first.getValue() << Integer.SIZE | second.getValue();
  }

  public long rows() {
    return rows;
  }

  /** Rows with a value that is not finite. */
  public long notFinite() {
    return notFinite;
  }

  /** Rows of zeros. */
  public long zero() {
    return zero;
  }

  /** Rows that are another row once more, among the first million. */
  public long duplicates() {
    return duplicates;
  }

  /** Mean length of the usable rows; 0 if there is none. */
  public double meanNorm() {
    long usable = rows - notFinite - zero;
    return usable == 0 ? 0 : norms / usable;
  }

  /** Standard deviation of that length. */
  public double deviation() {
    long usable = rows - notFinite - zero;
    double mean = meanNorm();
    return usable == 0 ? 0 : Math.sqrt(Math.max(0, squares / usable - mean * mean));
  }

  /** The shortest usable row; 0 if there is none. */
  public double shortest() {
    return longest == 0 ? 0 : shortest;
  }

  public double longest() {
    return longest;
  }
}
