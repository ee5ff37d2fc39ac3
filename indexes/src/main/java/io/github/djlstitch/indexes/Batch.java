// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that become a block; grows with what is really read, up to a bound of its own. */
final class Batch {
  private static final int FIRST_ROWS = 64;
  private static final long MOST_CHARACTERS = 1 << 25; // of ids, texts and records

  private final int width;
  private final int most;
  private final List<String> ids = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> records = new ArrayList<>();
  private float[] values;
  private int rows;
  private long characters;

  Batch(int width, int most) {
    this.width = width;
    this.most = Math.min(most, Math.max(1, MappedRows.MOST_VALUES / width));
    this.values = new float[Math.min(FIRST_ROWS, this.most) * width];
  }

  /** Returns true if no row may follow. */
  boolean isFull() {
    return rows == most || characters >= MOST_CHARACTERS;
  }

  /** The array that takes the next row's values, from {@link #offset} on. */
  float[] values() {
    int needed = (rows + 1) * width;
    if (needed > values.length) {
      values = Arrays.copyOf(values, Math.min(2 * values.length, most * width));
    }
    return values;
  }

  /** The place of the next row's first value. */
  int offset() {
    return rows * width;
  }

  /** The number of rows so far. */
  int rows() {
    return rows;
  }

  void id(String id) {
    ids.add(id);
    characters += id.length();
  }

  void text(String text) {
    texts.add(text);
    characters += text.length();
  }

  void record(String rest) {
    records.add(rest);
    characters += rest.length();
  }

  /** Ends the row, whose values, id, text and record are there. */
  void endRow() {
    rows++;
  }

  /** All rows as a block; the batch must not be used again. */
  RowBlock block(long first) {
    float[] exact = values.length == rows * width ? values : Arrays.copyOf(values, rows * width);
    return new RowBlock(first, FloatMatrix.wrap(rows, width, exact), ids, texts, records);
  }
}
