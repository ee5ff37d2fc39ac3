// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no stty")
final class TerminalWidthTest {
  private static final File NOTHING = new File("/dev/null");

  @Test
  void theAnswerIsReadThoughItsProcessHasEnded() {
    assertEquals(61, new TerminalWidth(System::nanoTime, NOTHING, "echo", "24 61").getAsInt());
  }

  @Test
  void aTerminalThatDoesNotAnswerAtOnceIsAskedAgain(@TempDir Path folder) {
    String script = "[ -e '%s' ] && echo 24 61 || mkdir '%1$s'".formatted(folder.resolve("asked"));
    long[] now = {0};
    var width = new TerminalWidth(() -> now[0], NOTHING, "sh", "-c", script);
    width.getAsInt();
    now[0] += 2_000_000_000L;
    assertEquals(61, width.getAsInt());
  }
}
