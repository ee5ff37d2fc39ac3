// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.report.Predictions.Column;
import io.github.djlstitch.report.Predictions.Form;
import io.github.djlstitch.report.Predictions.Ranked;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Predictions beside what they were made from, one after the other. */
final class PredictionsTest {
  private static final List<Ranked> TWO =
      List.of(new Ranked("cat", .75), new Ranked("=dog()", .25));

  private static Column text(String name, String value) {
    return new Column(name, value, false);
  }

  @Test
  void csvKeepsColumnsUnderTheHeadingOfTheFirst() {
    var csv = new Predictions(Form.CSV, 2);
    assertEquals(
        """
        t,predicted,predicted_,probability,predicted_2,probability_2
        "a, b",mine,cat,0.750000,'=dog(),0.250000
        """
            .replace("\n", "\r\n"),
        csv.next(List.of(text("t", "a, b"), text("predicted", "mine")), TWO));
    assertEquals("'=c,,,,,\r\n", csv.next(List.of(text("other", "x"), text("t", "=c")), List.of()));
  }

  @Test
  void jsonKeepsValuesThatAreNoTexts() {
    var json = new Predictions(Form.JSONL, 1);
    assertEquals(
        "{\"t\":\"say \\\"a\\\"\",\"n\":[1,null],\"predicted\":\"cat\",\"probability\":0.75}\n",
        json.next(
            List.of(text("t", "say \"a\""), new Column("n", "[1,null]", true)), TWO.subList(0, 1)));
    assertEquals("{\"t\":\"b\"}\n", json.next(List.of(text("t", "b")), List.of()));
  }

  @Test
  void aTableFitsTheTerminalAndCannotSteerIt() {
    var table = new Predictions(Form.TABLE, 1);
    String first =
        table.next(List.of(text("t", "a\u001b[31m" + "b".repeat(200))), TWO.subList(0, 1));
    List<String> lines = first.lines().toList();
    assertEquals("predicted             probability  input", lines.get(0));
    assertTrue(lines.get(1).startsWith("cat                         0.750  a?[31mbbb"), first);
    assertEquals(80, lines.get(1).length());
    assertEquals(
        "-                               -\n",
        table.next(List.of(), List.of()).replace("  \n", "\n"));
  }
}
