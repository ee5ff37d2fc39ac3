// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.time;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of the work whose time the process adds up, for whoever asks where it went. What a stage
 * takes within another counts for the inner one alone. Threads at once each count theirs.
 * Thread-safe.
 */
public enum Stage {
  LIBTORCH("waiting for LibTorch"),
  DATA("reading data"),
  DIGESTS("digests of files"),
  OPENING("opening encoders"),
  TOKENS("tokenizing"),
  IMAGES("waiting for images"),
  NETWORK("network"),
  HEADS("training heads"),
  STITCHING("stitching"),
  WRITING("writing");

  private static final Map<Stage, LongAdder> NANOSECONDS =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(stage -> stage, stage -> new LongAdder()));

  // Nanoseconds that stages within the thread's current one have taken.
  private static final ThreadLocal<@Nullable LongAdder> INNER = new ThreadLocal<>();

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /** The title that people read. */
  public String title() {
    return title;
  }

  /** The seconds that it has taken since the start of the process. */
  public double seconds() {
    return nanoseconds().sum() / 1e9;
  }

  private LongAdder nanoseconds() {
    return Objects.requireNonNull(NANOSECONDS.get(this));
  }

  /** Does work of this stage. */
  public void run(Runnable work) {
    get(
        () -> {
          work.run();
          return this;
        });
  }

  /** The result of work of this stage. */
  public <T> T get(Supplier<T> work) {
    LongAdder outer = INNER.get();
    var inner = new LongAdder();
    INNER.set(inner);
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      long taken = System.nanoTime() - start;
      nanoseconds().add(taken - inner.sum());
      if (outer != null) {
        outer.add(taken);
      }
      INNER.set(outer);
    }
  }
}
