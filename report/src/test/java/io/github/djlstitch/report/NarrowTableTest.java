// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NarrowTableTest {
  @Test
  void columnsThatFitStandBesideTheLabels() {
    var table = Table.of("t", "a table", List.of("who", "n"), List.of(row("a", 1), row("bc", 22)));
    assertEquals("who   n\na     1\nbc   22\n", NarrowTable.of(table, false).text(false));
  }

  @Test
  void othersStandBelowWithTheLabelsAgain() {
    List<String> heads = IntStream.range(0, 12).mapToObj(i -> "measurement " + i).toList();
    List<Cell> row = IntStream.range(0, 12).mapToObj(i -> Cell.count(i)).toList();
    String text = NarrowTable.of(Table.of("t", "wide", heads, List.of(row)), false).text(false);
    text.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    assertEquals(3, text.lines().filter(line -> line.startsWith("measurement 0")).count());
    heads.forEach(head -> assertTrue(text.contains(head), head));
  }

  @Test
  void intervalsAreShownWhereDetailIsWanted() {
    List<List<Cell>> rows = List.of(List.of(Cell.text("a"), Cell.number(.5).within(.4, .6)));
    var table = Table.of("t", "a table", List.of("who", "mean"), rows);
    assertTrue(NarrowTable.of(table, true).text(false).contains("0.500 [0.400, 0.600]"));
    assertTrue(NarrowTable.of(table, false).text(false).endsWith("0.500\n"));
    assertTrue(NarrowTable.of(table, true).markdown().contains("| a | 0.500 [0.400, 0.600] |"));
  }

  private static List<Cell> row(String who, int count) {
    return List.of(Cell.text(who), Cell.count(count));
  }
}
