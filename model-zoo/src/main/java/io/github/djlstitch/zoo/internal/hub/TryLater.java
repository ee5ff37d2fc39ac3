// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A temporary failure of a server, after which a retry is worthwhile. */
final class TryLater extends IOException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  TryLater(String message, @Nullable Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** Returns the response's {@code Retry-After}, or null without one. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
