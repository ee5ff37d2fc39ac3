// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class EncoderGuardTest {
  private static final FloatMatrix RESULT = FloatMatrix.of(1, 1, 1);

  private final EncoderGuard guard = new EncoderGuard("one");
  private final AtomicInteger freed = new AtomicInteger();

  @Test
  @Timeout(60)
  void nothingIsFreedWhileSomethingIsEncoded() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var encoding =
        CompletableFuture.supplyAsync(
            () ->
                guard.encode(
                    "text",
                    List.of("a"),
                    () -> {
                      begun.countDown();
                      await(go);
                      assertEquals(0, freed.get());
                      return RESULT;
                    }));
    begun.await();
    var closing = CompletableFuture.runAsync(() -> guard.close(freed::incrementAndGet));
    assertFalse(closing.isDone());
    go.countDown();
    assertSame(RESULT, encoding.get(30, TimeUnit.SECONDS));
    closing.get(30, TimeUnit.SECONDS);
    assertEquals(1, freed.get());
  }

  @Test
  void isClosedOnce() {
    guard.close(freed::incrementAndGet);
    guard.close(freed::incrementAndGet);
    assertEquals(1, freed.get());
    var refusal =
        assertThrows(StitchException.class, () -> guard.encode("text", List.of(), () -> RESULT));
    assertEquals("encoder 'one' is closed; open it again to encode", refusal.getMessage());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
