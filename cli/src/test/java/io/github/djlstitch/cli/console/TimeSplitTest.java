// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.internal.time.Stage;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class TimeSplitTest {
  private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void everySecondIsNamed() {
    var split = new TimeSplit(START, START.plusMillis(250));
    double counted = 0;
    for (Stage stage : Stage.values()) {
      counted += stage.seconds();
    }
    long whole = 1_000_250 + Math.round(counted * 1000);
    String line = split.line(START.plusMillis(whole));
    String expected = String.format(Locale.ROOT, "time: %.2f s: start 0.25", whole / 1e3);
    assertTrue(line.startsWith(expected), line);
    assertTrue(line.endsWith("the rest 1000.00"), line);
  }

  @Test
  void whatTookNothingIsLeftOut() {
    String line = new TimeSplit(START, START).line(START.plusMillis(1));
    assertTrue(line.startsWith("time: 0.00 s: "), line);
    assertFalse(line.contains("start"), line);
    assertFalse(line.contains("the rest"), line);
  }
}
