// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of damaged tokenizers in one process: none ends it, none hangs, and nothing but a
 * refusal comes out. A longer run: {@code -Dfuzz=20000}.
 */
final class TokenizerFuzzTest {
  private static final int COUNT = Integer.getInteger("fuzz", 3000);
  private static final Duration HANG = Duration.ofMinutes(1); // of milliseconds, on a busy machine

  @TempDir Path folder;

  @Test
  void damagedTokenizersAreRefusedOrRead() throws Exception {
    var fuzz = new TokenizerFuzz(folder);
    for (long seed = 0; seed < COUNT; seed++) {
      long current = seed;
      var failure = assertTimeoutPreemptively(HANG, () -> fuzz.run(current), "seed " + seed);
      if (failure.isPresent()) {
        throw new AssertionError("seed " + seed, failure.get());
      }
    }
    assertTrue(fuzz.opened > COUNT / 10, fuzz.opened + " opened");
    assertTrue(fuzz.refused > COUNT / 4, fuzz.refused + " refused");
  }
}
