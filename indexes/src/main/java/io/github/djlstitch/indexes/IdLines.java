// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ids as lines of UTF-8, one for each row, mapped from a file. Safe for use by several threads. */
final class IdLines {
  private static final int LONGEST_BYTES = 3 * RowId.LONGEST;

  private final Path file;
  private final List<ByteBuffer> parts;
  private final long rows;

  /**
   * Ids of a tensor.
   *
   * @param parts the bytes, in buffers at position 0; a line may go on in the next one
   * @param rows the number of lines that there must be
   */
  IdLines(Path file, List<ByteBuffer> parts, long rows) {
    this.file = file;
    this.parts = parts;
    this.rows = rows;
  }

  /** Starts at the first line. */
  Reader read() {
    return new Reader();
  }

  /** One way through the lines; not thread-safe. */
  final class Reader {
    private final byte[] line = new byte[LONGEST_BYTES];
    private int part;
    private int offset;
    private long row;

    /** The next lines. */
    List<String> next(int count) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String where = where();
        ids.add(RowId.check(where, decode(where, line())));
      }
      return ids;
    }

    /** Passes over lines. */
    void skip(long count) {
      for (long i = 0; i < count; i++) {
        line();
      }
    }

    private int line() {
      int length = 0;
      int value = value();
      for (; value >= 0 && value != '\n'; value = value()) {
        if (length == LONGEST_BYTES) {
          throw StitchException.badInput(
              "%s: the id has more than %d bytes", where(), LONGEST_BYTES);
        }
        line[length++] = (byte) value;
      }
      row++;
      if ((value < 0) != (row == rows)) {
        throw StitchException.badInput(
            "'%s' has %d rows but %s ids", file, rows, value < 0 ? Long.toString(row) : "more");
      }
      return length;
    }

    private int value() {
      while (part < parts.size() && offset == parts.get(part).capacity()) {
        part++;
        offset = 0;
      }
      return part == parts.size() ? -1 : parts.get(part).get(offset++) & 0xff;
    }

    private String where() {
      return "'" + file + "' row " + row;
    }

    private String decode(String where, int length) {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(line, 0, length))
            .toString();
      } catch (CharacterCodingException e) {
        throw StitchException.badInput("%s: the id is not UTF-8", where).because(e);
      }
    }
  }
}
