// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.hub;

import io.github.djlstitch.core.StitchException;
import java.time.Duration;

/** Waits; tests do not. */
@FunctionalInterface
interface Pause {
  /** Sleeps. */
  Pause SLEEP =
      time -> {
        try {
          Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
          throw interrupted(e);
        }
      };

  /** Waits that long. */
  void of(Duration time);

  /** What to throw when the wait was cut short. */
  static StitchException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return StitchException.unavailable("interrupted while waiting for a download").because(e);
  }
}
