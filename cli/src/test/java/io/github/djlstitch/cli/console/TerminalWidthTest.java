// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no stty")
final class TerminalWidthTest {
  private static final File NOTHING = new File("/dev/null");

  @Test
  void theAnswerIsReadThoughItsProcessHasEnded() {
    assertEquals(61, new TerminalWidth(NOTHING, "echo", "24 61").getAsInt());
  }
}
