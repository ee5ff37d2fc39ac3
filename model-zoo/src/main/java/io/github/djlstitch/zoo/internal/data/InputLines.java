// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, one at a time, decoded strictly. A line has at most 8 MiB and a file,
 * unpacked if it is packed with gzip, at most 2 GiB; memory is taken only for bytes that were read.
 * A byte order mark is skipped. Every failure is a {@link StitchException} (bad input) that names
 * file and line.
 */
final class InputLines implements Closeable {
  static final int MOST_LINE_BYTES = 8 << 20;

  private final Path file;
  private final TextUnits units;
  private final TextBytes in;
  private final byte[] chunk = new byte[1 << 16];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final TreeMap<Long, StitchException> faults = new TreeMap<>();
  private int position;
  private int limit;
  private long number;

  private InputLines(Path file, Charset charset, TextBytes in) {
    this.file = file;
    this.units = TextUnits.of(charset, in.start());
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
      return of(Files.newInputStream(file), file, charset);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The lines of a stream, which closing this closes; the file is named in messages. */
  static InputLines of(InputStream stream, Path file, Charset charset) {
    try {
      TextBytes bytes = TextBytes.of(file, stream);
      String guess = TextUnits.guess(bytes.start());
      if (!guess.isEmpty() && TextUnits.of(charset, bytes.start()).size() == 1) {
        bytes.close();
        throw StitchException.badInput(
            "'%s' looks like %s, not %s; give --encoding %s, or save the file as UTF-8",
            file, guess, charset, guess);
      }
      return new InputLines(file, charset, bytes);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The next line without its line end, or null after the last one. */
  @Nullable String next() {
    String raw = nextRaw();
    return raw == null ? null : withoutEnd(raw);
  }

  private static String withoutEnd(String raw) {
    int end = raw.endsWith("\r\n") ? 2 : raw.endsWith("\n") ? 1 : 0;
    return raw.substring(0, raw.length() - end);
  }

  /** Hands on all lines; one that cannot be read or used is refused, or left out and listed. */
  void forEach(BadRows bad, Consumer<String> use) {
    while (readLine()) {
      bad.attempt(() -> use.accept(withoutEnd(decoded())));
    }
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
    return new LineReader(false);
  }

  /**
   * As {@link #asReader}, but bytes that cannot be decoded come as U+FFFD, and are told by {@link
   * #fault}.
   */
  Reader asLenientReader() {
    return new LineReader(true);
  }

  /** The fault of one of these lines of a lenient reader; forgets the lines before. */
  Optional<StitchException> fault(long from, LongSupplier to) {
    if (faults.isEmpty()) {
      return Optional.empty();
    }
    faults.headMap(from).clear();
    return faults.headMap(to.getAsLong(), true).values().stream().findFirst();
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
    return readLine() ? decoded() : null;
  }

  private boolean readLine() {
    line.reset();
    number++;
    boolean ended = false;
    while (!ended && fill()) {
      ended = takeLine();
      checkLength();
    }
    return line.size() > 0;
  }

  // Up to the end of the line or of what was read.
  private boolean takeLine() {
    int end = position;
    boolean ended = false;
    while (end + units.size() <= limit && !ended) {
      ended = units.endsLine(chunk, end);
      end += units.size();
    }
    int stop = ended || units.size() == 1 ? end : limit; // a part of a unit is left at the end only
    line.write(chunk, position, stop - position);
    position = stop;
    return ended;
  }

  private boolean fill() {
    if (position == limit) {
      position = 0;
      limit = in.read(chunk, units.size());
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

  private String decoded() {
    byte[] bytes = line.toByteArray();
    var buffer = ByteBuffer.wrap(bytes);
    try {
      String text = units.decode(buffer);
      return number == 1 ? units.unmarked(text) : text;
    } catch (CharacterCodingException e) {
      throw undecodable(bytes, buffer.position()).because(e);
    }
  }

  private StitchException undecodable(byte[] bytes, int at) {
    return StitchException.badInput(
        "'%s' line %d is not %s: byte 0x%02X at byte %d of the line; %s",
        file,
        number,
        units.charset(),
        bytes[Math.min(at, bytes.length - 1)],
        at + 1,
        units.charset().equals(UTF_8)
            ? "save the file as UTF-8, or name its --encoding, such as windows-1252"
            : "name another --encoding");
  }

  static StitchException unreadable(Path file, IOException cause) {
    return TextBytes.failure(file, cause);
  }

  private final class LineReader extends Reader {
    private final boolean lenient;
    private String text = "";
    private int start;

    LineReader(boolean lenient) {
      this.lenient = lenient;
    }

    @Override
    public int read(char[] target, int offset, int length) {
      if (length > 0 && start == text.length()) {
        String following = following();
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

    private @Nullable String following() {
      if (!lenient) {
        return nextRaw();
      }
      if (!readLine()) {
        return null;
      }
      try {
        return decoded();
      } catch (StitchException e) {
        faults.put(number, e);
        return new String(line.toByteArray(), units.charset());
      }
    }

    @Override
    public void close() {
      InputLines.this.close();
    }
  }
}
