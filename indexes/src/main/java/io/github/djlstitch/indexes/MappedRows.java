// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.DType;
import io.github.djlstitch.core.internal.file.FloatValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one size, mapped from a file. Rows of float32 alone are handed out where they are; others
 * are converted, a block at a time. Safe for use by several threads.
 */
final class MappedRows {
  /** Most values of a block that is made on the heap: 64 MiB. */
  static final int MOST_VALUES = 1 << 24;

  private final Path file;
  private final Stride stride;
  private final List<ByteBuffer> segments; // of whole rows, all but the last with as many

  MappedRows(Path file, Stride stride, List<ByteBuffer> segments) {
    this.file = file;
    this.stride = stride;
    this.segments = segments;
  }

  /** Maps the rows of a file whose size was checked; the channel may be closed afterwards. */
  static MappedRows map(Path file, FileChannel channel, Stride stride) throws IOException {
    List<ByteBuffer> segments = new ArrayList<>();
    long step = Integer.MAX_VALUE / stride.row() * stride.row();
    long end = stride.start() + stride.rows() * stride.row();
    for (long begin = stride.start(); begin < end; begin += step) {
      long size = Math.min(step, end - begin);
      segments.add(channel.map(FileChannel.MapMode.READ_ONLY, begin, size));
    }
    return new MappedRows(file, stride, segments);
  }

  /** The place and size of the rows. */
  Stride stride() {
    return stride;
  }

  /** The rows from {@code first} on: at least one and at most so many, if there is one. */
  FloatMatrix block(long first, int most) {
    long left = Math.max(0, stride.rows() - first);
    int fits = isPlain() ? most : Math.min(most, Math.max(1, MOST_VALUES / stride.width()));
    int count = (int) Math.min(left, fits);
    List<ByteBuffer> parts = parts(first, count);
    return isPlain()
        ? FloatMatrix.ofSegments(count, stride.width(), parts)
        : converted(first, count, parts);
  }

  private boolean isPlain() {
    return stride.dtype() == DType.F32 && stride.prefix() == 0;
  }

  private List<ByteBuffer> parts(long first, int count) {
    List<ByteBuffer> parts = new ArrayList<>();
    long from = first * stride.row();
    long to = from + count * stride.row();
    long begin = 0;
    for (ByteBuffer segment : segments) {
      long end = begin + segment.capacity();
      if (from < end && to > begin) {
        int start = (int) (Math.max(from, begin) - begin);
        int stop = (int) (Math.min(to, end) - begin);
        parts.add(segment.slice(start, stop - start).order(ByteOrder.LITTLE_ENDIAN));
      }
      begin = end;
    }
    return parts;
  }

  private FloatMatrix converted(long first, int count, List<ByteBuffer> parts) {
    int width = stride.width();
    float[] values = new float[count * width];
    int row = 0;
    for (ByteBuffer part : parts) {
      for (; part.hasRemaining(); row++) {
        requirePrefix(first + row, part);
        ByteBuffer bytes = part.slice(part.position(), width * stride.dtype().size());
        FloatValues.copy(stride.dtype(), bytes.order(ByteOrder.LITTLE_ENDIAN), values, row * width);
        part.position(part.position() + bytes.capacity());
      }
    }
    return FloatMatrix.wrap(count, width, values);
  }

  private void requirePrefix(long row, ByteBuffer part) {
    if (stride.prefix() == 0) {
      return;
    }
    int width = part.getInt();
    if (width != stride.width()) {
      throw StitchException.badInput(
          "'%s' row %d: %s values but the rows before it have %d; all vectors must have one width",
          file, row, Integer.toUnsignedString(width), stride.width());
    }
  }
}
