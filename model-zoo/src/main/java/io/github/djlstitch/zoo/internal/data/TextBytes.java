// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a text file, unpacked if they are packed with gzip. A file has at most 2 GiB, and a
 * packed one grows by a factor of 200 at most: what grows more is no text.
 */
final class TextBytes implements Closeable {
  private static final long MOST = 2L << 30;
  private static final long ALWAYS_FINE = 64L << 20;
  private static final int MOST_GROWTH = 200;
  private static final int LOOKED_AT = 64;
  private static final int BUFFER = 1 << 16;
  // Marks of byte order are for whoever knows the encoding.
  private static final Set<ForeignFormat> MAY_BE_TEXT =
      EnumSet.of(
          ForeignFormat.HTML,
          ForeignFormat.UTF_16_LE,
          ForeignFormat.UTF_16_BE,
          ForeignFormat.UTF_32_LE,
          ForeignFormat.UTF_32_BE);
  private static final String GZIP = "\u001f\u008b";

  private final Path file;
  private final Counted stored;
  private final InputStream in;
  private final boolean packed;
  private final byte[] start;
  private long taken;

  private TextBytes(Path file, Counted stored, InputStream in, boolean packed) throws IOException {
    this.file = file;
    this.stored = stored;
    this.in = in;
    this.packed = packed;
    this.start = start(in);
  }

  /** The bytes of a stream, which this closes; the file is named in messages. */
  static TextBytes of(Path file, InputStream stream) throws IOException {
    var stored = new Counted(stream);
    try {
      InputStream plain = new BufferedInputStream(stored, BUFFER);
      boolean packed = begins(start(plain), GZIP);
      InputStream in =
          packed ? new BufferedInputStream(new GZIPInputStream(plain, BUFFER), BUFFER) : plain;
      var bytes = new TextBytes(file, stored, in, packed);
      bytes.refuseForeign();
      return bytes;
    } catch (IOException | StitchException e) {
      stored.close();
      throw e;
    }
  }

  private static byte[] start(InputStream in) throws IOException {
    in.mark(LOOKED_AT);
    byte[] start = in.readNBytes(LOOKED_AT);
    in.reset();
    return start;
  }

  private static boolean begins(byte[] start, String magic) {
    return new String(start, ISO_8859_1).startsWith(magic);
  }

  private void refuseForeign() {
    if (begins(start, GZIP)) {
      throw StitchException.badInput("'%s' is packed with gzip twice; unpack it once", file);
    }
    ForeignFormat.startingWith(start)
        .filter(format -> !MAY_BE_TEXT.contains(format))
        .ifPresent(
            format -> {
              throw format.refusal(file, "text");
            });
  }

  /** The first bytes, which reading gives again. */
  byte[] start() {
    return start;
  }

  /**
   * Reads as many bytes as are there, in whole units except at the end; 0 at the end.
   *
   * @param unit bytes of a unit, of which the target holds a whole number
   */
  int read(byte[] target, int unit) {
    try {
      int count = unit == 1 ? in.read(target) : in.readNBytes(target, 0, target.length);
      taken += Math.max(0, count);
      checkSize();
      return Math.max(0, count);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private void checkSize() {
    if (taken > MOST) {
      throw StitchException.badInput(
          "file '%s' has more than %d bytes; split it into smaller files", file, MOST);
    }
    if (packed && taken > ALWAYS_FINE && taken > MOST_GROWTH * stored.count) {
      throw StitchException.badInput(
          "'%s' grows to more than %d times its size when it is unpacked; if it is meant so,"
              + " unpack it first",
          file, MOST_GROWTH);
    }
  }

  /** The failure to read a file. */
  static StitchException failure(Path file, IOException cause) {
    if (cause instanceof ZipException || cause instanceof EOFException) {
      return StitchException.badInput(
              "'%s' is packed with gzip, and damaged (%s); pack it again", file, cause.getMessage())
          .because(cause);
    }
    return StitchException.badInput(
            "file '%s' cannot be read (%s); check its permissions", file, cause)
        .because(cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Counts what is read. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
