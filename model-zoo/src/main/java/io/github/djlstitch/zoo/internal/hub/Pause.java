// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import java.time.Duration;

/** Waits; replaced in tests. */
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

  /** Makes the exception for an interrupted wait, and sets the thread's interrupt flag. */
  static StitchException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return StitchException.unavailable("interrupted while waiting for a download").because(e);
  }
}
