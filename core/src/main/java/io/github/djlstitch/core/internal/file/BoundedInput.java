// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, for a parser that must not read past its part of a file. */
final class BoundedInput extends FilterInputStream {
  private long left;

  BoundedInput(InputStream in, long size) {
    super(in);
    this.left = size;
  }

  @Override
  public int read() throws IOException {
    int value = left > 0 ? in.read() : -1;
    left -= value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(left, length));
    left -= Math.max(0, count);
    return count;
  }
}
