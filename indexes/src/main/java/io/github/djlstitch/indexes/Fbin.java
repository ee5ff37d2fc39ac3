// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.internal.file.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code fbin} of the big-ann-benchmarks: N and D as unsigned 32-bit numbers, then the rows, all
 * little-endian.
 */
final class Fbin {
  private static final int HEADER = 8;
  private static final long MOST_ROWS = 0xffffffffL;

  private Fbin() {}

  static VectorSource open(Path file) {
    MappedRows rows = InputFile.read(file, channel -> map(file, channel));
    return new MappedSource(new IndexAddress(IndexFormat.FBIN, file), rows, Optional.empty());
  }

  private static MappedRows map(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = InputFile.start(channel, InputFile.START);
    if (start.limit() < HEADER) {
      throw InputFile.notOf(IndexFormat.FBIN, file, start, "has " + start.limit() + " bytes");
    }
    InputFile.requireOwn(IndexFormat.FBIN, file, start);
    long count = Integer.toUnsignedLong(start.getInt(0));
    int width = Stride.width(file, Integer.toUnsignedLong(start.getInt(4)));
    Stride stride = new Stride(HEADER, count, width, DType.F32, 0);
    return MappedRows.map(file, channel, stride.requireSize(file, channel.size()));
  }

  static VectorSink sink(Target target) {
    return new StrideSink(target, false, MOST_ROWS, rows -> header(rows, target.width()));
  }

  private static byte[] header(long rows, int width) {
    return ByteBuffer.allocate(HEADER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) rows)
        .putInt(width)
        .array();
  }
}
