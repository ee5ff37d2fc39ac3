// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.hub;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server is busy or failed for the moment. */
final class TryLater extends IOException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration wish;

  TryLater(String message, @Nullable Duration wish) {
    super(message);
    this.wish = wish;
  }

  /** How long the server wants to be left alone, if it said so. */
  @Nullable Duration wish() {
    return wish;
  }
}
