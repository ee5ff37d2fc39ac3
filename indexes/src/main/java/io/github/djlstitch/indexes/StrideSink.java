// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Writes rows of one size behind a header of one size that tells their number. These formats have
 * no ids: rows are known by their numbers.
 */
final class StrideSink implements VectorSink {
  private final Target target;
  private final long mostRows;
  private final LongFunction<byte[]> header;
  private final boolean prefixed;
  private final PartFile file;
  private final float[] row;
  private long rows;
  private long partRows;

  /**
   * Starts or goes on.
   *
   * @param prefixed tells if each row begins with the number of its values
   * @param mostRows the largest number that the header can tell
   * @param header the bytes before N rows, as many for every N
   */
  StrideSink(Target target, boolean prefixed, long mostRows, LongFunction<byte[]> header) {
    this.target = target;
    this.mostRows = mostRows;
    this.header = header;
    this.prefixed = prefixed;
    this.row = new float[target.width()];
    this.rows = target.rows();
    int rowBytes = Integer.BYTES + target.width() * Float.BYTES;
    this.file =
        target.open(target.name(), header.apply(0).length, rowBytes, ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void append(RowBlock block) {
    target.require(block);
    requireRoom(rows + partRows + block.rows());
    partRows += block.rows();
    if (prefixed) {
      appendPrefixed(block.vectors());
    } else {
      file.write(block.vectors());
    }
  }

  private void appendPrefixed(FloatMatrix vectors) {
    for (int i = 0; i < vectors.rows(); i++) {
      ByteBuffer room = file.room(Integer.BYTES + row.length * Float.BYTES);
      vectors.copyRow(i, row, 0);
      room.putInt(row.length).asFloatBuffer().put(row);
      room.position(room.position() + row.length * Float.BYTES);
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
    file.finish(header.apply(rows), new byte[0]);
    return target.file();
  }

  @Override
  public void close() {
    file.close();
  }

  private void requireRoom(long total) {
    if (total > mostRows) {
      throw StitchException.badInput(
          "'%s' holds at most %d rows but there are more; write npy or parquet",
          target.file(), mostRows);
    }
  }
}
