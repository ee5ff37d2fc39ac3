// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Lines of a text in UTF-8, as bytes; empty ones are passed over. A line of more than 16 MiB is
 * refused before it is in memory. Not thread-safe.
 */
final class Lines implements Closeable {
  /** Longest line, in bytes. */
  static final int LONGEST = 16 << 20;

  private static final int BUFFER = 1 << 18;
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Path file;
  private final boolean quoted;
  private final InputStream in;
  private byte[] buffer = new byte[BUFFER];
  private int from; // of the line
  private int to;
  private int next; // where the following line begins
  private int end; // of what was read
  private long line;
  private long following = 1;

  private Lines(Path file, boolean quoted, InputStream in) {
    this.file = file;
    this.quoted = quoted;
    this.in = in;
  }

  /**
   * Opens a text.
   *
   * @param quoted tells if a line goes on behind line feeds between double quotes, as in CSV
   * @throws StitchException (bad input) if it is not there, packed or binary
   */
  static Lines open(Path file, boolean quoted) {
    InputFile.requireFile(file);
    try {
      var lines = new Lines(file, quoted, ForeignFormat.openText(file, "text in UTF-8"));
      lines.fill();
      lines.next = lines.startsWithMark() ? MARK.length : 0;
      return lines;
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  /** Goes to the next line that is not empty; false at the end. */
  boolean next() {
    do {
      line = following;
      from = next;
      if (!findEnd()) {
        return false;
      }
    } while (from == to);
    return true;
  }

  /** The array with the line. Valid until the next line is read. */
  byte[] bytes() {
    return buffer;
  }

  /** The first byte of the line. */
  int from() {
    return from;
  }

  /** The byte after its last one, without the line break. */
  int to() {
    return to;
  }

  /** The place of the line, for messages. */
  String where() {
    return "'" + file + "' line " + line;
  }

  /** A part of the line as text. */
  String text(int start, int stop) {
    try {
      var part = ByteBuffer.wrap(buffer, start, stop - start);
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw StitchException.badInput("%s is not UTF-8; save the file as UTF-8", where()).because(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  // Returns false if there is no byte of another line.
  private boolean findEnd() {
    boolean inside = false;
    for (int at = from; ; at++) {
      if (at == end) {
        int length = at - from;
        if (!more()) {
          finish(from + length, from + length);
          return length > 0;
        }
        at = from + length; // the line was moved
      }
      byte value = buffer[at];
      if (value == '\n') {
        following++;
        if (!inside) {
          finish(at, at + 1);
          return true;
        }
      } else if (value == '"' && quoted) {
        inside = !inside;
      }
    }
  }

  private void finish(int stop, int start) {
    to = stop > from && buffer[stop - 1] == '\r' ? stop - 1 : stop;
    next = start;
  }

  // Reads on behind the current line's bytes, which move to the front.
  private boolean more() {
    System.arraycopy(buffer, from, buffer, 0, end - from);
    end -= from;
    from = 0;
    if (end == buffer.length) {
      if (end > LONGEST) {
        throw StitchException.badInput(
            "%s has more than %d bytes; is a line break missing?", where(), LONGEST);
      }
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    return fill();
  }

  private boolean fill() {
    try {
      int count = in.read(buffer, end, buffer.length - end);
      end += Math.max(0, count);
      return count > 0;
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private boolean startsWithMark() {
    return end >= MARK.length && Arrays.equals(buffer, 0, MARK.length, MARK, 0, MARK.length);
  }
}
