// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.Screen;
import io.github.djlstitch.cli.console.Terminal;
import io.github.djlstitch.cli.report.StitchRecords;
import io.github.djlstitch.core.internal.text.DisplayWidth;
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
  private static final String WRAP = "\u001b[?7h";

  private final StringWriter written = new StringWriter();
  private int columns = 80;
  private long nanos;

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
        field
            + ",d,ridge,,1,true,0.500000,0.250000,1.000000,0.500000,1.000000,1.000000"
            + ",,,,7.500000,,3,4,0.000,0.000,,,,",
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
    pass(1);
    console.at("encode", 1, 4);
    assertTrue(
        written.toString().endsWith("encode [======                  ] 1/4, about 3 s left" + WRAP),
        written.toString());
    console.warn("careful");
    assertTrue(written.toString().endsWith("\r\u001b[Kwarning: careful\n"));
    pass(1);
    console.at("encode", 2, 4);
    console.at("encode", 4, 4);
    assertTrue(written.toString().endsWith("\r\u001b[K"));
  }

  @Test
  void resumedWorkTellsNoTimeBeforeItKnows() {
    Console console = console(true, false);
    console.at("train", "loss 0.5", 3, 4);
    assertTrue(written.toString().endsWith("3/4, loss 0.5" + WRAP), written.toString());
  }

  @Test
  void theBarFollowsTheWidthAndNeverReachesTheLastColumn() {
    Console console = console(true, false);
    for (int width = 200; width > 0; width--) {
      columns = width;
      written.getBuffer().setLength(0);
      console.at("encode 中文の数据 train with 모델", "loss 0.123", 70, 100);
      pass(1);
      console.at("encode 中文の数据 train with 모델", "loss 0.123", 71, 100);
      String shown = written.toString().replaceAll("(?s).*\u001b\\[\\?7l|\u001b\\[\\?7h", "");
      assertTrue(DisplayWidth.of(shown) <= Math.max(1, width - 1), width + ": " + shown);
      console.clearBar();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "99, 'encode trec train with minilm [========                ] 512/1536, about 2 s left'",
    "80, 'encode trec train with minilm [===       ] 512/1536, about 2 s left'",
    "60, 'encode trec train with minilm 512/1536, about 2 s left'",
    "40, 'encode trec train with minilm 512/1536'",
    "30, 'encode trec train... 512/1536'",
    "5, '512/'",
  })
  void aNarrowTerminalShowsLess(int width, String expected) {
    columns = width;
    Console console = console(true, false);
    console.at("encode trec train with minilm", 0, 1536);
    pass(1);
    console.at("encode trec train with minilm", 512, 1536);
    assertTrue(written.toString().endsWith("7l" + expected + WRAP), written.toString());
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
  void elsewhereSlowWorkIsALineAtEachTenth() {
    Console console = console(false, false);
    console.at("encode", 0, 20);
    pass(9);
    console.at("encode", 2, 20);
    pass(2);
    console.at("encode", 5, 20);
    console.at("encode", 5, 20);
    console.at("encode", 20, 20);
    assertEquals("encode: 25 %, about 33 s left\nencode: 100 %\n", written.toString());
  }

  @Test
  void elsewhereSlowStepsAreALineInThirtySeconds() {
    Console console = console(false, false);
    tick(console, 9);
    assertEquals("", written.toString());
    console.at("train", 1, 1000);
    tick(console, 70);
    console.clearBar();
    tick(console, 30);
    assertEquals(
        "train: 0 %\ntrain: 0 %, 31 s so far\ntrain: 0 %, 61 s so far\nat work for 21 s\n",
        written.toString());
  }

  // Each of many tasks too short to be told of.
  @Test
  void elsewhereManyShortTasksAreTold() {
    Console console = console(false, false);
    for (int i = 0; i < 80; i++) {
      console.at("encode " + i, 0, 4);
      pass(1);
    }
    assertEquals("encode 10: 0 %\nencode 40: 0 %\nencode 70: 0 %\n", written.toString());
  }

  private void tick(Console console, int seconds) {
    for (int i = 0; i < seconds; i++) {
      pass(1);
      console.tick();
    }
  }

  private void pass(double seconds) {
    nanos += (long) (seconds * 1e9);
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
    var screen = new Screen(terminal, () -> columns, () -> nanos);
    return new Console(nowhere, new PrintWriter(written), screen, quiet);
  }
}
