// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class CoreThreadsTest {
  @Test
  void eachPartRunsOnce() {
    var counts = new AtomicIntegerArray(50);
    CoreThreads.run(50, counts::incrementAndGet);
    for (int i = 0; i < 50; i++) {
      assertEquals(1, counts.get(i));
    }
  }

  @Test
  void theirThreadsHaveAShareOfTheCoresAndOthersKeepThem() throws InterruptedException {
    LoadedEngine.get();
    int before = JniUtils.getNumThreads();
    var shares = new ConcurrentLinkedQueue<Integer>();
    CoreThreads.run(8, i -> shares.add(JniUtils.getNumThreads()));
    int share = before / Math.min(before, 16);
    shares.forEach(found -> assertEquals(share, found));
    assertEquals(before, JniUtils.getNumThreads());
    var fresh = new ConcurrentLinkedQueue<Integer>();
    Thread thread = new Thread(() -> fresh.add(JniUtils.getNumThreads()));
    thread.start();
    thread.join();
    assertEquals(before, fresh.peek());
  }

  @Test
  void partsAreOneOrSoManyThatAllThreadsHaveWork() {
    int threads = Math.min(JniUtils.getNumThreads(), 16);
    assertEquals(0, CoreThreads.parts(0));
    assertEquals(1, CoreThreads.parts(1));
    assertEquals(threads * ((2 + threads - 1) / threads), CoreThreads.parts(2));
    assertEquals(4 * threads, CoreThreads.parts(3 * threads + 1));
  }

  @Test
  void theFirstFailureIsTold() {
    var failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                CoreThreads.run(
                    40,
                    i -> {
                      if (i >= 20) {
                        throw new IllegalStateException("part " + i);
                      }
                    }));
    assertEquals("part 20", failure.getMessage());
  }
}
