// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes that a gzip stream unpacks to. A stream that grows more than 200 times has been made to
 * fill a memory or a disk; it is refused when that shows, after a MiB.
 */
final class GzipInput extends FilterInputStream {
  private final Counted packed;
  private long unpacked;

  private GzipInput(Counted packed) throws IOException {
    super(new GZIPInputStream(packed, 1 << 13));
    this.packed = packed;
  }

  /** Starts with the header; closing the result closes the stream. */
  static GzipInput of(InputStream packed) throws IOException {
    return new GzipInput(new Counted(packed));
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    count(Math.max(0, count));
    return count;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long count = super.skip(wanted);
    count(count);
    return count;
  }

  private void count(long bytes) throws IOException {
    unpacked += bytes;
    if (unpacked > ZipFiles.GROWTH_COUNTS_FROM && unpacked / ZipFiles.MOST_GROWTH > packed.count) {
      throw new ZipException("it grows more than " + ZipFiles.MOST_GROWTH + " times");
    }
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    private Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
