// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.space.LatentSpace.Rows;
import io.github.djlstitch.core.space.LatentSpace.VectorSource;
import java.util.function.UnaryOperator;

/**
 * Maps rows in larger blocks than they are asked for, so that a map's constants are handed to the
 * engine less often. For windows in order that end where a block ends; not thread-safe.
 */
final class RowsAhead implements VectorSource {
  private static final int BLOCK = 16 * 512; // rows: sixteen windows of a latent-space file

  private final FloatMatrix source;
  private final UnaryOperator<FloatMatrix> map;
  private Rows mapped = new Rows(0, 0);
  private FloatMatrix block;

  RowsAhead(FloatMatrix source, UnaryOperator<FloatMatrix> map) {
    this.source = source;
    this.map = map;
    this.block = source;
  }

  @Override
  public FloatMatrix vectors(Rows rows) {
    if (rows.from() < mapped.from() || rows.to() > mapped.to()) {
      int to = Math.min(Math.max(rows.from() + BLOCK, rows.to()), source.rows());
      mapped = new Rows(rows.from(), to);
      block = map.apply(source.rowRange(rows.from(), to));
    }
    return block.rowRange(rows.from() - mapped.from(), rows.to() - mapped.from());
  }
}
