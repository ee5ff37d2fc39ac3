// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a file of rows that follow each other, each as long as it is. */
final class StreamSink implements VectorSink {
  private final Target target;
  private final RowFormat format;
  private final PartFile file;
  private long rows;
  private long partRows;

  /** The bytes of a format. */
  interface RowFormat {
    /** Writes what comes before the first row. */
    void start(PartFile file, RowBlock block);

    /**
     * Writes a row of a block.
     *
     * @param where file and row, for messages
     */
    void row(PartFile file, RowBlock block, int row, String where);

    /** The bytes behind the last row, {@code empty} if there is none. */
    byte[] end(boolean empty);
  }

  StreamSink(Target target, RowFormat format) {
    this.target = target;
    this.format = format;
    this.rows = target.rows();
    this.file = target.open(target.name(), 0, 0, ByteOrder.BIG_ENDIAN);
  }

  @Override
  public void append(RowBlock block) {
    target.require(block);
    if (rows + partRows == 0 && block.rows() > 0) {
      format.start(file, block);
    }
    for (int i = 0; i < block.rows(); i++) {
      format.row(file, block, i, "'" + target.file() + "' row " + (rows + partRows));
      partRows++;
    }
  }

  /**
   * Checks a vector for formats whose text has no word for other values.
   *
   * @throws StitchException (bad input) if a value is not finite
   */
  static void requireFinite(float[] vector, String where) {
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw StitchException.badInput(
            "%s has a value that is not finite, which this format cannot keep", where);
      }
    }
  }

  @Override
  public Part endPart() {
    Optional<Piece> piece = file.endPart();
    var part = new Part(partRows, piece.map(List::of).orElse(List.of()));
    rows += partRows;
    partRows = 0;
    return part;
  }

  @Override
  public Path finish() {
    target.requireEnded(partRows);
    file.finish(new byte[0], format.end(rows == 0));
    return target.file();
  }

  @Override
  public void close() {
    file.close();
  }
}
