// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.List;

/**
 * Rows of an index that follow each other. Immutable.
 *
 * @param first number of the first row in the index, from 0
 * @param vectors the rows' vectors, shape (B, D)
 * @param ids the rows' ids; empty if the index has none, whose rows are known by their numbers
 * @param texts the rows' texts; empty if the index keeps none or none were asked for
 * @param records the rest of each row for a sink of the same format, in that format's own words;
 *     empty if the format keeps nothing else
 */
public record RowBlock(
    long first, FloatMatrix vectors, List<String> ids, List<String> texts, List<String> records) {
  /** Takes copies and checks that all parts have as many rows. */
  public RowBlock {
    ids = List.copyOf(ids);
    texts = List.copyOf(texts);
    records = List.copyOf(records);
    requireRows("ids", ids, vectors);
    requireRows("texts", texts, vectors);
    requireRows("records", records, vectors);
  }

  /** Rows that are known by their numbers alone. */
  public static RowBlock numbered(long first, FloatMatrix vectors) {
    return new RowBlock(first, vectors, List.of(), List.of(), List.of());
  }

  /** The number of rows B. */
  public int rows() {
    return vectors.rows();
  }

  /** The id of a row of this block: its own, or its number in the index. */
  public String id(int row) {
    return ids.isEmpty() ? Long.toString(first + row) : ids.get(row);
  }

  /** The same rows with other vectors, shape (B, E). */
  public RowBlock withVectors(FloatMatrix others) {
    return new RowBlock(first, others, ids, texts, records);
  }

  private static void requireRows(String what, List<String> values, FloatMatrix vectors) {
    if (!values.isEmpty() && values.size() != vectors.rows()) {
      throw StitchException.badInput(
          "a block has %d vectors but %d %s", vectors.rows(), values.size(), what);
    }
  }
}
