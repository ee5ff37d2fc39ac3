// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A stream of results that may not be writable; a full disk is tried with a process of its own. */
final class StandardOutputTest {
  private static final class Failing extends OutputStream {
    private final String reason;
    private int calls;

    Failing(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int letter) throws IOException {
      calls++;
      throw new IOException(reason);
    }
  }

  @Test
  void whatIsWrittenGoesOn() throws IOException {
    var target = new ByteArrayOutputStream();
    try (var out = new StandardOutput(target)) {
      out.write('a');
      out.write("bc".getBytes(StandardCharsets.UTF_8), 0, 2);
      assertTrue(out.failure().isEmpty());
    }
    assertEquals("abc", target.toString(StandardCharsets.UTF_8));
  }

  @Test
  void afterAFailureTheRestIsDroppedAndTheReasonKept() throws IOException {
    var target = new Failing("No space left on device");
    try (var out = new StandardOutput(target)) {
      out.write('a');
      out.write('b');
      assertEquals(1, target.calls);
      // Where this test itself writes into a pipe, every failure is taken for a reader that left.
      out.failure()
          .ifPresent(
              e ->
                  assertEquals(
                      "cannot write the results to standard output: No space left on device; make"
                          + " room, or send them elsewhere",
                      e.getMessage()));
    }
  }

  @Test
  void aReaderThatLeavesIsNoFailure() throws IOException {
    try (var out = new StandardOutput(new Failing("Broken pipe"))) {
      out.write('a');
      assertTrue(out.failure().isEmpty());
    }
  }
}
