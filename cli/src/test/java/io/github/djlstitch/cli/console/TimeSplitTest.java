// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.internal.time.Stage;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class TimeSplitTest {
  private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void everySecondIsNamed() {
    var split = new TimeSplit(START, START.plusMillis(250));
    Stage.WRITING.run(() -> LockSupport.parkNanos(50_000_000));
    String line = split.line(START.plusMillis(10_250));
    String form = "time: 10.25 s: start 0.25, writing (0\\.\\d\\d), the rest (9\\.\\d\\d)";
    assertTrue(line.matches(form), line);
    double written = Double.parseDouble(line.replaceFirst(form, "$1"));
    double rest = Double.parseDouble(line.replaceFirst(form, "$2"));
    assertEquals(10, written + rest, .011);
  }

  @Test
  void whatTookNothingIsLeftOut() {
    assertEquals("time: 0.00 s: ", new TimeSplit(START, START).line(START.plusMillis(1)));
  }
}
