// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportTest {
  private static final Report REPORT =
      new Report(
          Blocks.of(
              Blocks.Lines.of("A heading."),
              new Blocks.Title("relative", "encoder down"),
              new TextTable("encoder", "score").row("minilm", "0.5")),
          new Records(
              List.of("encoder", "score"),
              List.of(List.of(Field.word("=minilm, v2"), Field.fixed(-.5, 6)))),
          JsonFields.report("stitch", "1.0").fraction("score", .1234567));

  @Test
  void everyFormatHasItsText() {
    assertEquals(
        """
        A heading.
        relative: encoder down
        encoder  score
        minilm     0.5
        """,
        REPORT.in(Format.TABLE));
    assertEquals(
        """
        A heading.
        **relative**, encoder down

        | encoder | score |
        | --- | ---: |
        | minilm | 0.5 |
        """,
        REPORT.in(Format.MARKDOWN));
    assertEquals("encoder,score\r\n\"'=minilm, v2\",-0.500000\r\n", REPORT.in(Format.CSV));
    assertEquals(
        """
        {
          "schema": 1,
          "command": "stitch",
          "version": "1.0",
          "score": 0.123457
        }
        """,
        REPORT.in(Format.JSON));
  }

  @Test
  void colorsAreForTablesOnly() {
    assertTrue(REPORT.in(Format.TABLE, true).contains("\u001b[1mrelative\u001b[0m: encoder"));
    for (Format format : List.of(Format.MARKDOWN, Format.CSV, Format.JSON)) {
      assertEquals(REPORT.in(format), REPORT.in(format, true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void wordsAreNoFormulas(String word) {
    assertEquals("'" + word, Field.word(word).text());
    var headed = new Records(List.of(word), List.of());
    assertTrue(Csv.text(headed).replace("\"", "").startsWith("'" + word), word);
  }

  @Test
  void rowsAreAsLongAsTheHeadings() {
    List<List<Field>> rows = List.of(List.of(Field.count(1)));
    assertThrows(IllegalArgumentException.class, () -> new Records(List.of("a", "b"), rows));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsLeftOut(double value) {
    var json = new JsonFields().fraction("a", value).milli("b", value).exact("c", value);
    json.measured("d", value).precise("e", value).precise("f", OptionalDouble.of(value));
    assertTrue(json.isEmpty(), json.text());
    assertEquals("", Field.fixed(value, 3).text() + Field.exact(value).text());
    assertEquals("", Field.precise(OptionalDouble.of(value)).text());
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "0.1234567, 0.123457", "1e20, 1.0E20", "-2.5, -2.5", "-0.0, 0"})
  void measuredNumbersAreWholeOrHaveSixDigits(double value, String text) {
    assertEquals(text, Rounded.measured(value).toString());
  }

  @Test
  void wordsWrapAtEightyColumnsUnderTheirPrefix() {
    String text = Wrapped.text("note: ", "word ".repeat(40));
    text.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    assertTrue(text.startsWith("note: word word"), text);
    assertTrue(text.lines().skip(1).allMatch(line -> line.startsWith("      word")), text);
    assertFalse(text.contains(" \n"), text);
  }
}
