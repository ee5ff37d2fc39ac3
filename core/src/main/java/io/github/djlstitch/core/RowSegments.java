// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The storage of a {@link FloatMatrix}: buffers of whole rows, one below the other. Nothing here
 * moves a buffer's position, so that threads can share it. Indices are checked by the matrix.
 */
final class RowSegments {
  private final int columns;
  private final List<Segment> segments; // none is empty
  private final int[] starts; // first row of each segment

  /** Some rows; {@code bytes} holds the same values for native code that reads them in place. */
  private record Segment(FloatBuffer floats, @Nullable ByteBuffer bytes) {
    Segment range(int from, int to) {
      return new Segment(
          floats.slice(from, to - from),
          bytes == null ? null : slice(bytes, from * Float.BYTES, (to - from) * Float.BYTES));
    }
  }

  private RowSegments(int columns, List<Segment> parts) {
    this.columns = columns;
    this.segments = parts.stream().filter(s -> s.floats.hasRemaining()).toList();
    this.starts = new int[segments.size()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + segments.get(i - 1).floats.remaining() / columns;
    }
  }

  static RowSegments ofArray(int columns, float[] values) {
    return new RowSegments(columns, List.of(new Segment(FloatBuffer.wrap(values), null)));
  }

  /** The remaining bytes of little-endian buffers, each of whole rows. */
  static RowSegments ofBuffers(int columns, List<ByteBuffer> buffers) {
    return new RowSegments(columns, buffers.stream().map(RowSegments::segment).toList());
  }

  private static Segment segment(ByteBuffer buffer) {
    ByteBuffer bytes = slice(buffer.asReadOnlyBuffer(), buffer.position(), buffer.remaining());
    boolean nativeReadable = bytes.isDirect() && bytes.alignmentOffset(0, Float.BYTES) == 0;
    return new Segment(bytes.asFloatBuffer(), nativeReadable ? bytes : null);
  }

  static RowSegments concat(int columns, List<RowSegments> parts) {
    return new RowSegments(columns, parts.stream().flatMap(p -> p.segments.stream()).toList());
  }

  float get(int row, int column) {
    int i = indexOf(row);
    return segments.get(i).floats.get((row - starts[i]) * columns + column);
  }

  void copyRow(int row, float[] target, int offset) {
    int i = indexOf(row);
    segments.get(i).floats.get((row - starts[i]) * columns, target, offset, columns);
  }

  RowSegments range(int from, int to) {
    List<Segment> parts = new ArrayList<>();
    int first = from == to ? segments.size() : indexOf(from);
    for (int i = first; i < segments.size() && starts[i] < to; i++) {
      Segment segment = segments.get(i);
      long end = Math.min(segment.floats.remaining(), (long) (to - starts[i]) * columns);
      parts.add(segment.range(Math.max(0, from - starts[i]) * columns, (int) end));
    }
    return new RowSegments(columns, parts);
  }

  /**
   * Compares the first {@code rows} rows: true if they hold the same floats, as {@link
   * Float#equals} sees them.
   */
  boolean sameRows(RowSegments that, int rows) {
    float[] mine = new float[columns];
    float[] theirs = new float[columns];
    for (int i = 0; i < rows; i++) {
      copyRow(i, mine, 0);
      that.copyRow(i, theirs, 0);
      if (!Arrays.equals(mine, theirs)) {
        return false;
      }
    }
    return true;
  }

  /** A hash of the values only, not of how they are cut into segments. */
  int hash(int rows) {
    int hash = columns;
    float[] row = new float[columns];
    for (int i = 0; i < rows; i++) {
      copyRow(i, row, 0);
      hash = 31 * hash + Arrays.hashCode(row);
    }
    return hash;
  }

  /** Copies everything. */
  void copyTo(FloatBuffer target) {
    segments.forEach(s -> target.put(s.floats.duplicate()));
  }

  /** All values for native code without a copy; null if that cannot be. */
  @Nullable ByteBuffer inPlace() {
    ByteBuffer bytes = segments.size() == 1 ? segments.get(0).bytes : null;
    return bytes == null ? null : slice(bytes, 0, bytes.remaining());
  }

  private int indexOf(int row) {
    if (starts.length == 1) {
      return 0;
    }
    int found = Arrays.binarySearch(starts, row);
    return found >= 0 ? found : -found - 2;
  }

  private static ByteBuffer slice(ByteBuffer bytes, int index, int length) {
    return bytes.slice(index, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
