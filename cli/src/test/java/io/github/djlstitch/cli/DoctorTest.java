// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.cli.command.DoctorCommand;
import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.EngineWarnings;
import io.github.djlstitch.cli.console.Screen;
import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.core.internal.engine.KernelCheck.State;
import io.github.djlstitch.core.internal.engine.KernelCheck.Verdict;
import io.github.djlstitch.zoo.KnownAnswers.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DoctorTest {
  @Test
  void everyWrongNumberIsNamed() {
    var right = new Verdict("convolutions", "float32", State.RIGHT, "1.0e-07", "");
    var absent = new Verdict("convolutions", "bfloat16", State.ABSENT, "none", "");
    var wrong = new Verdict("algebra", "float64", State.WRONG, "1.0e-01", "nothing");
    assertEquals(List.of(), DoctorCommand.wrong(List.of(right, absent), List.of()));
    assertEquals(
        List.of(
            "not well: algebra in float64 are wrong here (1.0e-01); what is done: nothing",
            "not well: minilm gives wrong vectors here; do not use it, and report the table above"),
        DoctorCommand.wrong(
            List.of(right, wrong),
            List.of(
                new Answer("e5-small", 384, 1e-7, true),
                new Answer("minilm", 384, Double.NaN, false))));
  }

  @Test
  void theLauncherSetsWhatTheLibraryTellsOf() throws IOException {
    String launcher = Files.readString(Path.of("..", "stitch"));
    for (EngineInfo.Setting setting : EngineInfo.environment()) {
      String line =
          "export %1$s=\"${%1$s:-%2$s}\"\n".formatted(setting.variable(), setting.launcher());
      assertEquals(!setting.launcher().isEmpty(), launcher.contains(line), line);
    }
    long exported = launcher.lines().filter(line -> line.matches("export [A-Z_]+=\"\\$.*")).count();
    long told = EngineInfo.environment().stream().filter(s -> !s.launcher().isEmpty()).count();
    assertEquals(told, exported);
  }

  @Test
  void theEnginesWarningsAreTheCommandLines() {
    var err = new StringWriter();
    var screen = new Screen(false, () -> 80, () -> 0);
    var console =
        new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), screen, true);
    EngineWarnings.reportTo(console);
    EngineWarnings.reportTo(console);
    Logger.getLogger("io.github.djlstitch.engine").warning("BERT: slower kernels are used");
    Logger.getLogger("io.github.djlstitch.engine").info("not shown");
    assertEquals("warning: BERT: slower kernels are used" + System.lineSeparator(), err.toString());
  }
}
