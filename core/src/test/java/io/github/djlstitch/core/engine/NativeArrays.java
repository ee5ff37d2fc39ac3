// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;

/** Counts the native arrays that are alive anywhere in the engine. */
public final class NativeArrays {
  private NativeArrays() {}

  /** How many arrays the engine's root manager can reach. */
  public static int count() {
    try (NDManager manager = TensorBridge.newManager()) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }

  /** Runs the work once to load programs, then {@code times} more and expects nothing left. */
  public static void assertNoneLeft(int times, Runnable work) {
    work.run();
    int before = count();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    assertEquals(before, count());
  }
}
