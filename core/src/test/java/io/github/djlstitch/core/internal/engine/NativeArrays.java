// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Finds the native arrays that are alive anywhere in the engine. */
public final class NativeArrays {
  private NativeArrays() {}

  /** The arrays the engine's root manager can reach. */
  public static Set<NDArray> alive() {
    Set<NDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    try (NDManager manager = TensorBridge.newManager()) {
      arrays.addAll(manager.getParentManager().getManagedArrays());
    }
    return arrays;
  }

  /** Counts the arrays that live now and did not live before. */
  public static int since(Set<NDArray> before) {
    Set<NDArray> now = alive();
    now.removeAll(before);
    return now.size();
  }

  /**
   * Runs the work once to load programs, then {@code times} more and expects no new array. A count
   * would not do: DJL's models close their arrays when the garbage collector finds them, so that
   * another test's model may go while this one runs.
   */
  public static void assertNoneLeft(int times, Runnable work) {
    work.run();
    Set<NDArray> before = alive();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    assertEquals(0, since(before), "native arrays left");
  }
}
