// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One training at a time: DJL has one gradient collector in a JVM, and the engine one generator of
 * random numbers.
 */
public final class Autograd {
  private static final ReentrantLock LOCK = new ReentrantLock();

  private Autograd() {}

  /** Runs the work exclusively; waits until no other training runs. */
  public static <T> T alone(Supplier<T> work) {
    LOCK.lock();
    try {
      return work.get();
    } finally {
      LOCK.unlock();
    }
  }
}
