// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;

/**
 * Tries up to five times, waiting twice as long after each failure, or as long as the server's
 * {@code Retry-After}, up to a minute; five minutes in all, whatever progress lies between.
 */
final class Retries {
  private static final int MOST = 5;
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration ALL = Duration.ofMinutes(5);

  private final Pause pause;
  private int failed;
  private Duration waited = Duration.ZERO;

  Retries(Pause pause) {
    this.pause = pause;
  }

  /** Something that may work at the next try. */
  @FunctionalInterface
  interface Call<T> {
    T get() throws IOException;
  }

  /** Calls until it works or has failed too often. */
  static <T> T run(Pause pause, Call<T> call) throws IOException {
    var retries = new Retries(pause);
    while (true) {
      try {
        return call.get();
      } catch (IOException e) {
        retries.after(e);
      }
    }
  }

  /** Waits after a failure, or throws it again if it is not worth another try. */
  void after(IOException failure) throws IOException {
    failed++;
    if (failed == MOST || isUntrusted(failure)) {
      throw failure;
    }
    Duration wait = FIRST.multipliedBy(1L << (failed - 1));
    if (failure instanceof TryLater later && later.retryAfter() != null) {
      wait = later.retryAfter();
    }
    wait = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    waited = waited.plus(wait);
    if (waited.compareTo(ALL) > 0) {
      throw failure;
    }
    pause.of(wait);
  }

  /** Forgets the failures, after progress. */
  void reset() {
    failed = 0;
  }

  /** Returns true if the failure was caused by a certificate. */
  static boolean isUntrusted(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }
}
