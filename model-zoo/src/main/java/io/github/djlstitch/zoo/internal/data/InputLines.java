// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, one at a time, decoded strictly. A line has at most 8 MiB and a file at
 * most 2 GiB; memory is taken only for bytes that were read. A UTF-8 byte order mark is skipped.
 * Every failure is a {@link StitchException} (bad input) that names file and line.
 */
final class InputLines implements Closeable {
  static final int MOST_LINE_BYTES = 8 << 20;
  private static final long MOST_FILE_BYTES = 2L << 30;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final Charset charset;
  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int limit;
  private long bytesRead;
  private long number;

  private InputLines(Path file, Charset charset, InputStream in) {
    this.file = file;
    this.charset = charset;
    this.in = in;
  }

  /** Opens a file, which must exist and must not be a folder. */
  static InputLines open(Path file, Charset charset) {
    if (Files.isDirectory(file)) {
      throw StitchException.badInput("'%s' is a folder; expected a file", file);
    }
    if (!Files.exists(file)) {
      throw StitchException.badInput("file '%s' does not exist; check the path", file);
    }
    try {
      return new InputLines(file, charset, ForeignFormat.openText(file, "text in " + charset));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The next line without its line end, or null after the last one. */
  @Nullable String next() {
    String raw = nextRaw();
    if (raw == null || !raw.endsWith("\n")) {
      return raw;
    }
    return raw.substring(0, raw.length() - (raw.endsWith("\r\n") ? 2 : 1));
  }

  /** Number of the line that was returned last, from 1. */
  long number() {
    return number;
  }

  Path file() {
    return file;
  }

  /** A reader over the rest of the file, line ends as they are. Closing it closes this. */
  Reader asReader() {
    return new LineReader();
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private @Nullable String nextRaw() {
    try {
      if (!readLine()) {
        return null;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    String text = decode(line.toByteArray());
    boolean marked = number == 1 && charset.equals(UTF_8) && text.indexOf(BYTE_ORDER_MARK) == 0;
    return marked ? text.substring(1) : text;
  }

  private boolean readLine() throws IOException {
    line.reset();
    number++;
    boolean ended = false;
    while (!ended && fill()) {
      int end = position;
      while (end < limit && !ended) {
        ended = chunk[end++] == '\n';
      }
      line.write(chunk, position, end - position);
      position = end;
      checkLength();
    }
    return line.size() > 0;
  }

  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(chunk));
      bytesRead += limit;
    }
    if (bytesRead > MOST_FILE_BYTES) {
      throw StitchException.badInput(
          "file '%s' has more than %d bytes; split it into smaller files", file, MOST_FILE_BYTES);
    }
    return limit > 0;
  }

  private void checkLength() {
    if (line.size() > MOST_LINE_BYTES) {
      throw StitchException.badInput(
          "'%s' line %d has more than %d bytes; shorten the text or check the line ends",
          file, number, MOST_LINE_BYTES);
    }
  }

  private String decode(byte[] bytes) {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var buffer = ByteBuffer.wrap(bytes);
    try {
      return decoder.decode(buffer).toString();
    } catch (CharacterCodingException e) {
      throw StitchException.badInput(
              "'%s' line %d is not %s: byte 0x%02X at byte %d of the line; save the file as %s",
              file, number, charset, bytes[buffer.position()], buffer.position() + 1, charset)
          .because(e);
    }
  }

  static StitchException unreadable(Path file, IOException cause) {
    return StitchException.badInput(
            "file '%s' cannot be read (%s); check its permissions", file, cause)
        .because(cause);
  }

  private final class LineReader extends Reader {
    private String text = "";
    private int start;

    @Override
    public int read(char[] target, int offset, int length) {
      if (length > 0 && start == text.length()) {
        String following = nextRaw();
        if (following == null) {
          return -1;
        }
        text = following;
        start = 0;
      }
      int count = Math.min(length, text.length() - start);
      text.getChars(start, start + count, target, offset);
      start += count;
      return count;
    }

    @Override
    public void close() {
      InputLines.this.close();
    }
  }
}
