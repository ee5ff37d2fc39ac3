// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.internal.file.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** {@code fvecs} of Texmex: D as a 32-bit number before each row, all little-endian. */
final class Fvecs {
  private Fvecs() {}

  static VectorSource open(Path file) {
    MappedRows rows = InputFile.read(file, channel -> map(file, channel));
    return new MappedSource(new IndexAddress(IndexFormat.FVECS, file), rows, Optional.empty());
  }

  private static MappedRows map(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = InputFile.start(channel, InputFile.START);
    if (start.limit() < Integer.BYTES) {
      String found = "has " + start.limit() + " bytes, no row";
      throw InputFile.notOf(IndexFormat.FVECS, file, start, found);
    }
    InputFile.requireOwn(IndexFormat.FVECS, file, start);
    int width = Stride.width(file, Integer.toUnsignedLong(start.getInt(0)));
    Stride one = new Stride(0, 1, width, DType.F32, Integer.BYTES);
    long rows = (channel.size() + one.row() - 1) / one.row();
    Stride stride = new Stride(0, rows, width, DType.F32, Integer.BYTES);
    return MappedRows.map(file, channel, stride.requireSize(file, channel.size()));
  }

  static VectorSink sink(Target target) {
    return new StrideSink(target, true, Long.MAX_VALUE, rows -> new byte[0]);
  }
}
