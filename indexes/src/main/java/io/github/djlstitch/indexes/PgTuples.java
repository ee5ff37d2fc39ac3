// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Tuples of a file that PostgreSQL's {@code COPY ... WITH (FORMAT binary)} wrote, as its
 * documentation has them, big-endian: a signature, flags, an extension; for each tuple the number
 * of its fields, and each field's length, -1 for NULL, and bytes; at the end -1. A tuple of more
 * than 16 MiB is refused. Not thread-safe.
 */
final class PgTuples implements Closeable {
  /** PGCOPY, line feed, 255, carriage return, line feed, NUL. */
  private static final byte[] SIGNATURE = latin("PGCOPY\n\u00ff\r\n\0");

  /** The signature, no flags and no extension. */
  static final byte[] HEADER = latin("PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0");

  private static final int CRITICAL_FLAGS = 0xffff0000;
  private static final int MOST_FIELDS = 1664; // of a result in PostgreSQL
  private static final int LONGEST_TUPLE = Lines.LONGEST;
  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private long read; // bytes of the file that are or were in the buffer
  private long row = -1;
  private int start; // of the tuple in the buffer
  private int[] fields = new int[0]; // where each field's length is, from the tuple's start
  private int length; // of the tuple

  private PgTuples(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  /**
   * Opens a file before its first tuple.
   *
   * @throws StitchException (bad input) if it is none, or with object ids or flags of later
   *     versions
   */
  static PgTuples open(Path file) {
    FileChannel channel = InputFile.open(file);
    try {
      var tuples = new PgTuples(file, channel, channel.size());
      tuples.header();
      return tuples;
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void header() throws IOException {
    ByteBuffer begin = InputFile.start(channel, InputFile.START);
    boolean signed = begin.limit() >= SIGNATURE.length + 8;
    if (!signed || begin.slice(0, SIGNATURE.length).mismatch(ByteBuffer.wrap(SIGNATURE)) >= 0) {
      throw InputFile.notOf(
          IndexFormat.PGCOPY, file, begin, "does not begin as COPY ... WITH (FORMAT binary)");
    }
    need(SIGNATURE.length + 8);
    buffer.position(SIGNATURE.length);
    int flags = buffer.getInt();
    long extension = Integer.toUnsignedLong(buffer.getInt());
    if ((flags & CRITICAL_FLAGS) != 0) {
      throw StitchException.badInput(
          "'%s' has flags 0x%08x (object ids, or a version after 3.0), which are not read",
          file, flags);
    }
    if (extension > size - SIGNATURE.length - 8) {
      throw cut("the header");
    }
    channel.position(SIGNATURE.length + 8 + extension);
    read = channel.position();
    buffer.limit(0).position(0);
  }

  /**
   * Goes to the next tuple; false at the end.
   *
   * @throws StitchException (bad input) if the file is cut short or malformed there
   */
  boolean next() {
    row++;
    start = buffer.position();
    need(2);
    int count = buffer.getShort(start);
    if (count == -1) {
      requireEnd();
      buffer.position(start); // the next call finds the same end
      row--;
      return false;
    }
    if (count < 0 || count > MOST_FIELDS) {
      throw StitchException.badInput("%s has %d fields; the file is damaged", where(), count);
    }
    fields = fields.length == count ? fields : new int[count];
    int at = 2;
    for (int i = 0; i < count; i++) {
      fields[i] = at;
      need(at + 4);
      int bytes = buffer.getInt(start + at);
      if (bytes < -1 || bytes > LONGEST_TUPLE - at) {
        throw StitchException.badInput(
            "%s: field %d has %d bytes but a row may have %d; the file is damaged",
            where(), i, bytes, LONGEST_TUPLE);
      }
      at += 4 + Math.max(0, bytes);
      need(at);
    }
    length = at;
    buffer.position(start + at);
    return true;
  }

  /** The number of fields of the tuple. */
  int count() {
    return fields.length;
  }

  /** The bytes of a field, big-endian; empty for NULL. Valid until the next tuple is read. */
  ByteBuffer field(int index) {
    int at = start + fields[index];
    return buffer.slice(at + 4, Math.max(0, buffer.getInt(at)));
  }

  /** Tells if a field is NULL. */
  boolean isNull(int index) {
    return buffer.getInt(start + fields[index]) < 0;
  }

  /** The tuple before a field, a character for each byte. */
  String before(int index) {
    return latin(start, start + fields[index]);
  }

  /** The tuple behind a field. */
  String after(int index) {
    int at = fields[index];
    return latin(start + at + 4 + Math.max(0, buffer.getInt(start + at)), start + length);
  }

  private String latin(int from, int to) {
    byte[] bytes = new byte[to - from];
    buffer.get(from, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The place of the tuple, for messages. */
  String where() {
    return "'" + file + "' row " + row;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private void requireEnd() {
    if (size - read + buffer.limit() - start > 2) {
      throw StitchException.badInput("'%s' goes on behind its end; the file is damaged", file);
    }
  }

  // Makes so many bytes from the tuple's start on be in the buffer, if the file has them.
  private void need(int bytes) {
    if (buffer.limit() - start >= bytes) {
      return;
    }
    if (size - read < bytes - (buffer.limit() - start)) {
      throw cut("row " + Math.max(0, row));
    }
    try {
      ByteBuffer target =
          bytes <= buffer.capacity()
              ? buffer
              : ByteBuffer.allocate(
                  Math.max(bytes, Math.min(2 * buffer.capacity(), LONGEST_TUPLE)));
      int kept = buffer.limit() - start;
      byte[] rest = new byte[kept];
      buffer.get(start, rest);
      buffer = target.clear().put(rest);
      start = 0;
      fill(bytes);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private void fill(int bytes) throws IOException {
    while (buffer.position() < bytes) {
      int count = channel.read(buffer);
      if (count < 0) {
        throw cut("row " + Math.max(0, row));
      }
      read += count;
    }
    buffer.flip();
  }

  private StitchException cut(String where) {
    return StitchException.badInput(
        "'%s' is cut short in %s: %d bytes; copy it again", file, where, size);
  }
}
