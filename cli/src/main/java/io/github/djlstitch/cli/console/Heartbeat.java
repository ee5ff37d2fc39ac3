// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the console of this process show, once a second, that work goes on, since a single step may
 * take long.
 */
public final class Heartbeat {
  private static final long SECOND = 1_000_000_000L;
  private static final AtomicReference<WeakReference<Console>> WATCHED =
      new AtomicReference<>(new WeakReference<>(null));

  private Heartbeat() {}

  /** Begins, until the process ends. */
  public static void start() {
    var thread = new Thread(Heartbeat::run, "stitch-heartbeat");
    thread.setDaemon(true);
    thread.start();
  }

  /** The console in use. */
  public static void watch(Console console) {
    WATCHED.set(new WeakReference<>(console));
  }

  private static void run() {
    while (true) {
      LockSupport.parkNanos(SECOND);
      Console console = Objects.requireNonNull(WATCHED.get()).get();
      if (console != null) {
        console.tick();
      }
    }
  }
}
