// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts hits and misses of the caches of encodings and heads. Thread-safe. */
public final class CacheCounts {
  private final AtomicInteger hits = new AtomicInteger();
  private final AtomicInteger misses = new AtomicInteger();

  CacheCounts() {}

  void hit() {
    hits.incrementAndGet();
  }

  void miss() {
    misses.incrementAndGet();
  }

  /** Entries that were read from the cache. */
  public int hits() {
    return hits.get();
  }

  /** Entries that had to be computed. */
  public int misses() {
    return misses.get();
  }
}
