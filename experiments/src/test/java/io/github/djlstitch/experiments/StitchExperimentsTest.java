// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StitchExperimentsTest {
  private static final List<String> NOUNS = List.of("cat", "car", "dog", "bus", "cow", "van");

  @TempDir Path folder;

  @Test
  void table5IsTheSameAgainFromKeptHeadsAndFromNew() throws IOException {
    trec();
    Findings once = new Table5().run(lab("cache", "minilm", "bge-small"));
    assertEquals(once, new Table5().run(lab("cache", "minilm", "bge-small")));
    assertEquals(once, new Table5().run(lab("other", "minilm", "bge-small")));
    Table table = once.tables().get(0);
    assertEquals(1 + 6, table.rows().size()); // the paper's TREC, and ours
    assertEquals(
        List.of("transductive", "inductive", "inductive"),
        table.rows().subList(1, 4).stream().map(row -> row.get(1).shown()).toList());
    for (List<Cell> row : table.rows().subList(1, 7)) {
      row.subList(3, 7).forEach(cell -> assertTrue(cell.interval().isPresent()));
    }
    assertEquals(4, once.claims().size());
    assertEquals(3, once.figures().size());
  }

  @Test
  void table5RunsOnAllThatIsAtHandAndNamesTheRest() throws IOException {
    trec();
    Path amazon = Files.createDirectory(folder.resolve("amazon"));
    Files.writeString(amazon.resolve("en.csv"), Reviews.of("good", 0, 20, 30));
    Lab lab = lab("cache", "minilm", "bge-small");
    Findings found = new Table5().run(lab);
    assertEquals(
        List.of("table5", "table5-amazon-coarse", "table5-amazon-fine"),
        found.tables().stream().map(Table::id).filter(id -> !id.endsWith("-beyond")).toList());
    assertEquals("paper, Amazon fine", found.tables().get(4).rows().get(0).get(0).shown());
    assertEquals(3 * 4, found.claims().size());
    assertTrue(found.claims().get(4).statement().startsWith("Amazon coarse: "));
    assertTrue(lab.notes().stream().anyMatch(n -> n.contains("not at hand: DBpedia")));
  }

  @Test
  void table5TakesAList() throws IOException {
    Files.writeString(folder.resolve("one.csv"), Reviews.of("good", 0, 20, 30));
    Files.writeString(folder.resolve("two.csv"), Reviews.of("new", 0, 20, 30));
    String both = "csv:" + folder.resolve("one.csv") + ",csv:" + folder.resolve("two.csv");
    Lab lab =
        TestLab.keepingIn(folder.resolve("cache"))
            .dataset(both)
            .encoders("minilm", "bge-small")
            .anchors(12)
            .seeds(0, 1)
            .open();
    Findings found = new Table5().run(lab);
    assertEquals("table5-two-csv", found.tables().get(2).id());
    assertEquals(8, found.claims().size());
  }

  @Test
  void figure6CountsWhatThereIs() throws IOException {
    trec();
    Findings found = new Figure6Frozen().run(lab("cache", "minilm", "bge-small"));
    var lines = (Figure.Lines) found.figures().get(0);
    assertEquals(4, lines.curves().size());
    assertEquals(
        List.of(1., 5., 9., 17., 25., 33.),
        lines.curves().get(0).marks().stream().map(Figure.Mark::x).toList());
    assertEquals(6, found.tables().get(0).rows().size());
  }

  @Test
  void aDropIsNoiseUpToTheLargerDeviation() {
    assertTrue(Figure6Frozen.monotone(curve(.5, .1, .45, .02)).holds());
    assertFalse(Figure6Frozen.monotone(curve(.5, .01, .45, .04)).holds());
    String said = Figure6Frozen.monotone(curve(.5, .1, .45, .02)).statement();
    assertTrue(said.contains("of 1 steps 1 go down, 0 by more"), said);
  }

  @Test
  void imagesAreNeededForTable6() {
    refused("at least 2 image encoders", () -> new Table6().run(lab("cache")));
  }

  private static Figure.Curve curve(double y, double std, double next, double nextStd) {
    return new Figure.Curve(
        "c",
        List.of(
            new Figure.Mark(1, y, OptionalDouble.of(std)),
            new Figure.Mark(2, next, OptionalDouble.of(nextStd))));
  }

  private void trec() throws IOException {
    Path trec = Files.createDirectory(folder.resolve("trec"));
    Files.writeString(trec.resolve("train_5500.label"), questions(0, 40));
    Files.writeString(trec.resolve("TREC_10.label"), questions(40, 55));
  }

  private static String questions(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      String noun = NOUNS.get(i % NOUNS.size());
      lines.append(i % 2 == 0 ? "ENTY:animal How old is " : "NUM:money What costs ");
      lines.append(noun).append(" number ").append(i).append(" ?\n");
    }
    return lines.toString();
  }

  private Lab lab(String cache, String... encoders) {
    return TestLab.keepingIn(folder.resolve(cache))
        .data(folder)
        .encoders(encoders)
        .anchors(12)
        .seeds(0, 1)
        .open();
  }

  private static void refused(String part, Runnable action) {
    var e = assertThrows(StitchException.class, action::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
