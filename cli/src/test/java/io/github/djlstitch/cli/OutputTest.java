// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.Terminal;
import io.github.djlstitch.cli.report.StitchRecords;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.Csv;
import io.github.djlstitch.report.TextTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that try to be more than names, and how progress is shown. */
final class OutputTest {
  private final StringWriter written = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "=cmd() | '=cmd()",
        "+1 | '+1",
        "-1 | '-1",
        "@a | '@a",
        "a,b | \"a,b\"",
        "say \"a\" | \"say \"\"a\"\"\"",
        "=a,b | \"'=a,b\"",
        "minilm | minilm",
      })
  void csvRunsNoFormulaAndQuotesByTheRfc(String name, String field) {
    var scores = Map.of(Metric.ACCURACY, .5, Metric.F1_WEIGHTED, .25, Metric.F1_MACRO, 1.0);
    var cost = new StitchReport.Cost(3, 4, 0, 0);
    // What is not finite is left out like what is not there.
    var numbers = Map.of("condition_number", 7.5, "relative_mismatch", Double.NaN);
    var result =
        new StitchReport.Result(
            name, "d", Method.RIDGE, "", 1, true, scores, scores, numbers, cost);
    var report =
        new StitchReport(
            List.of(result), new StitchReport.ClassCounts(2, 1, 1), List.of(), List.of(), 0, 0);
    assertEquals(
        field + ",d,ridge,,1,false,0.500000,0.250000,1.000000,,,7.500000,,3,4,0.000,0.000",
        Csv.text(StitchRecords.of(report)).split("\r\n", -1)[1]);
  }

  @Test
  void markdownCellsAreEscapedAndAligned() {
    var table = new TextTable("a|b", "c").row("x|y", "1");
    assertEquals("| a\\|b | c |\n| --- | ---: |\n| x\\|y | 1 |\n", table.markdown());
  }

  @Test
  void cellsCannotSteerTheTerminal() {
    var table = new TextTable("name", "n").row("a\u001b[31m\n", "1");
    assertEquals("name     n\na?[31m?  1\n", table.text(false));
  }

  @Test
  void aTerminalShowsABarThatGoesAway() {
    Console console = console(true, false);
    console.at("encode", 0, 4);
    console.at("encode", 1, 4);
    assertTrue(written.toString().contains("encode [======                  ] 1/4, about"));
    console.warn("careful");
    assertTrue(written.toString().endsWith("\r\u001b[Kwarning: careful\n"));
    console.at("encode", 4, 4);
    assertTrue(written.toString().endsWith("\r\u001b[K"));
  }

  @Test
  void resumedWorkTellsNoTimeBeforeItKnows() {
    Console console = console(true, false);
    console.at("train", "loss 0.5", 3, 4);
    assertTrue(written.toString().endsWith("3/4, loss 0.5"), written.toString());
  }

  @Test
  void elsewhereFastWorkIsNotReported() {
    Console console = console(false, false);
    console.at("encode", 0, 4);
    console.at("encode", 4, 4);
    console.say("done");
    assertEquals("done\n", written.toString());
  }

  @Test
  void elsewhereSlowWorkIsALineAtEachTenth() throws InterruptedException {
    Console console = console(false, false);
    console.at("encode", 0, 20);
    Thread.sleep(1050);
    console.at("encode", 5, 20);
    console.at("encode", 5, 20);
    console.at("encode", 20, 20);
    assertTrue(
        written.toString().matches("encode: 20 %, about \\d+ s left\nencode: 100 %\n"),
        written.toString());
  }

  @Test
  void quietKeepsWarningsOnly() {
    Console console = console(true, true);
    console.at("encode", 1, 4);
    console.say("hello");
    console.warn("careful");
    assertEquals("warning: careful\n", written.toString());
  }

  @Test
  void coloursNeedATerminalThatWantsThem() {
    System.setProperty("stitch.out.terminal", "true");
    try {
      assertTrue(Terminal.showsColors(Map.of("TERM", "xterm", "NO_COLOR", "")));
      assertFalse(Terminal.showsColors(Map.of("NO_COLOR", "1")));
      assertFalse(Terminal.showsColors(Map.of("TERM", "dumb")));
    } finally {
      System.clearProperty("stitch.out.terminal");
    }
    assertFalse(Terminal.showsColors(Map.of()));
  }

  private Console console(boolean terminal, boolean quiet) {
    var nowhere = new PrintWriter(new StringWriter());
    return new Console(nowhere, new PrintWriter(written), terminal, quiet);
  }
}
