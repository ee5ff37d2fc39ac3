// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.StoredVectors;
import io.github.djlstitch.indexes.RowBlock;
import io.github.djlstitch.indexes.VectorSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * An index as a plan sees it. Rows that are asked for by number cost a pass through the index,
 * which skips what it can. Thread-safe as its source is.
 */
public final class IndexRows implements StoredVectors {
  private final VectorSource source;

  private IndexRows(VectorSource source) {
    this.source = source;
  }

  /** The rows of a source, which the caller closes. */
  public static IndexRows of(VectorSource source) {
    return new IndexRows(source);
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public void each(Consumer<FloatMatrix> block) {
    blocks(rows -> block.accept(rows.vectors()));
  }

  /** Passes all rows on in their order, with their ids and texts. */
  public void blocks(Consumer<RowBlock> block) {
    try (VectorSource.RowReader reader = source.read()) {
      for (RowBlock rows = reader.next(Migration.BLOCK);
          rows.rows() > 0;
          rows = reader.next(Migration.BLOCK)) {
        block.accept(rows);
      }
    }
  }

  /**
   * The first rows, at most so many: shape (rows, D).
   *
   * @throws StitchException (bad input) if there is none
   */
  public FloatMatrix first(int most) {
    List<FloatMatrix> blocks = new ArrayList<>();
    int left = most;
    try (VectorSource.RowReader reader = source.read()) {
      RowBlock rows = reader.next(Math.min(left, Migration.BLOCK));
      while (rows.rows() > 0) {
        blocks.add(rows.vectors());
        left -= rows.rows();
        if (left == 0) {
          break;
        }
        rows = reader.next(Math.min(left, Migration.BLOCK));
      }
    }
    if (blocks.isEmpty()) {
      throw StitchException.badInput("'%s' has no rows", source.address());
    }
    return FloatMatrix.concatRows(blocks.toArray(FloatMatrix[]::new));
  }

  @Override
  public FloatMatrix select(long[] rows) {
    List<float[]> vectors = new ArrayList<>();
    pick(rows, (block, row) -> vectors.add(block.vectors().row(row)));
    return FloatMatrix.of(vectors.toArray(float[][]::new));
  }

  @Override
  public List<String> ids(long[] rows) {
    List<String> ids = new ArrayList<>();
    pick(rows, (block, row) -> ids.add(block.id(row)));
    return ids;
  }

  /**
   * The texts of some rows.
   *
   * @throws StitchException (bad input) if the index keeps none
   */
  public List<String> texts(long[] rows) {
    if (!source.hasTexts()) {
      throw StitchException.badInput(
          "'%s' keeps no texts; give them with --texts", source.address());
    }
    List<String> texts = new ArrayList<>();
    pick(rows, (block, row) -> texts.add(block.texts().get(row)));
    return texts;
  }

  private void pick(long[] rows, ObjIntConsumer<RowBlock> taken) {
    long at = 0;
    int next = 0;
    try (VectorSource.RowReader reader = source.read()) {
      while (next < rows.length) {
        at += reader.skip(rows[next] - at);
        RowBlock block = reader.next(run(rows, next));
        if (block.rows() == 0 || block.first() != rows[next]) {
          throw StitchException.badInput(
              "'%s' has no row %d any more; it changed while it was read",
              source.address(), rows[next]);
        }
        for (int i = 0; i < block.rows(); i++) {
          taken.accept(block, i);
        }
        at += block.rows();
        next += block.rows();
      }
    }
  }

  // How many of the wanted rows follow each other from one on.
  private static int run(long[] rows, int from) {
    int length = 1;
    while (from + length < rows.length
        && rows[from + length] == rows[from] + length
        && length < Migration.BLOCK) {
      length++;
    }
    return length;
  }
}
