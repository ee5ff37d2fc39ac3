// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A cache entry of two files. While another process replaces them they may be inconsistent for a
 * moment or, if two processes replace them at once with numbers that differ in the last bits, until
 * one of them repeats it.
 */
final class SharedEntry {
  private static final int ATTEMPTS = 5;
  private static final int LOOKS = 10;
  private static final long LOOK_NANOS = 20_000_000;

  private SharedEntry() {}

  /** Opens an existing entry, trying again if its files are inconsistent. */
  static <T> T open(Supplier<T> reader) {
    for (int look = 1; ; look++) {
      try {
        return reader.get();
      } catch (StitchException e) {
        if (look == LOOKS) {
          throw e;
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  /** Writes an entry and opens it, writing again if others disturbed it. */
  static <T> T make(Runnable writer, Supplier<T> reader) {
    for (int attempt = 1; ; attempt++) {
      writer.run();
      try {
        return open(reader);
      } catch (StitchException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
