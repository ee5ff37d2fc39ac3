// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Text in portions of bounded length: a parser gathers a name or a value in memory as long as it
 * goes on, so that one endless name in a header would take many times its length of the heap.
 */
final class MeteredReader extends FilterReader {
  /** Longest portion, in characters; the longest metadata in use are some hundred thousand. */
  static final int LONGEST = 2 << 20;

  private int length;

  MeteredReader(Reader in) {
    super(in);
  }

  /** Begins the next portion. */
  void restart() {
    length = 0;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(char[] target, int offset, int size) throws IOException {
    int count = in.read(target, offset, size);
    count(Math.max(0, count));
    return count;
  }

  private void count(int characters) {
    length += characters;
    if (length > LONGEST) {
      throw new HeaderFault("an entry of the header has more than %d characters", LONGEST);
    }
  }
}
