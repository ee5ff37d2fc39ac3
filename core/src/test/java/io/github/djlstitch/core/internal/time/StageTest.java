// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class StageTest {
  private static final double PAUSE = .05;

  @Test
  void aStageWithinAnotherCountsForItselfAlone() {
    double outer = Stage.DATA.seconds();
    double inner = Stage.WRITING.seconds();
    long start = System.nanoTime();
    String result =
        Stage.DATA.get(
            () -> {
              Stage.WRITING.run(StageTest::pause);
              return "read";
            });
    double whole = (System.nanoTime() - start) / 1e9;
    double written = Stage.WRITING.seconds() - inner;
    double read = Stage.DATA.seconds() - outer;
    assertEquals("read", result);
    assertTrue(written >= PAUSE, written + " s");
    assertTrue(read + written <= whole, read + " s and " + written + " s of " + whole);
  }

  @Test
  void whatFailsIsCountedToo() {
    double before = Stage.NETWORK.seconds();
    var failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                Stage.NETWORK.run(
                    () -> {
                      pause();
                      throw new IllegalStateException("lost");
                    }));
    assertEquals("lost", failure.getMessage());
    double counted = Stage.NETWORK.seconds() - before;
    assertTrue(counted >= PAUSE, counted + " s");
  }

  private static void pause() {
    long until = System.nanoTime() + (long) (PAUSE * 1e9);
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
