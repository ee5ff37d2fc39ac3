// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.internal.file.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One array of NumPy's format, versions 1 to 3: magic, version, length of the header, the header, a
 * Python dictionary that is read as text and never evaluated, then the values.
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16; // of plain arrays it is 118 bytes
  private static final int WRITTEN = 128;

  private Npy() {}

  static VectorSource open(Path file) {
    MappedRows rows = InputFile.read(file, channel -> map(file, channel));
    return new MappedSource(new IndexAddress(IndexFormat.NPY, file), rows, Optional.empty());
  }

  private static MappedRows map(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = InputFile.start(channel, InputFile.START);
    if (start.limit() < InputFile.START
        || start.slice(0, 6).mismatch(ByteBuffer.wrap(MAGIC)) >= 0) {
      throw InputFile.notOf(IndexFormat.NPY, file, start, "does not begin as one");
    }
    int version = start.get(6);
    if (version < 1 || version > 3 || start.get(7) != 0) {
      String found = "is of version %d.%d, after 3.0".formatted(version, start.get(7));
      throw InputFile.notOf(IndexFormat.NPY, file, start, found);
    }
    int begin = version == 1 ? 10 : 12;
    long length =
        version == 1
            ? Short.toUnsignedInt(start.getShort(8))
            : Integer.toUnsignedLong(start.getInt(8));
    if (length > LONGEST_HEADER || length > channel.size() - begin) {
      String found = "its header of %d bytes is too long or cut short".formatted(length);
      throw InputFile.notOf(IndexFormat.NPY, file, start, found);
    }
    ByteBuffer all = InputFile.start(channel, begin + (int) length);
    String text = StandardCharsets.ISO_8859_1.decode(all.position(begin)).toString();
    Stride stride = NpyHeader.read(file, text).stride(file, begin + length);
    return MappedRows.map(file, channel, stride.requireSize(file, channel.size()));
  }

  static VectorSink sink(Target target) {
    return new StrideSink(target, false, Long.MAX_VALUE, rows -> header(rows, target.width()));
  }

  // Of one length for every number of rows, as NumPy itself leaves room for.
  private static byte[] header(long rows, int width) {
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, width);
    byte[] padded = (text + " ".repeat(WRITTEN)).getBytes(StandardCharsets.US_ASCII);
    padded[WRITTEN - 11] = '\n';
    return ByteBuffer.allocate(WRITTEN)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) (WRITTEN - 10))
        .put(padded, 0, WRITTEN - 10)
        .array();
  }

  /** The types that are read. */
  static Optional<DType> type(String descr) {
    return switch (descr) {
      case "<f4" -> Optional.of(DType.F32);
      case "<f8" -> Optional.of(DType.F64);
      case "<f2" -> Optional.of(DType.F16);
      default -> Optional.empty();
    };
  }
}
