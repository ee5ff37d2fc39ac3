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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StitchExperimentsTest {
  private static final List<String> LANGUAGES =
      List.of("eng_Latn", "spa_Latn", "fra_Latn", "jpn_Jpan", "zho_Hans");
  private static final List<String> NOUNS = List.of("cat", "car", "dog", "bus", "cow", "van");

  @TempDir Path folder;

  @Test
  void table5IsTheSameAgainFromKeptHeadsAndFromNew() throws IOException {
    trec();
    Findings once = new Table5().run(lab("cache", "minilm", "bge-small"));
    assertEquals(once, new Table5().run(lab("cache", "minilm", "bge-small")));
    assertEquals(once, new Table5().run(lab("other", "minilm", "bge-small")));
    Table table = once.tables().get(0);
    assertEquals(4 + 6, table.rows().size());
    assertEquals(
        List.of("transductive", "inductive", "inductive"),
        table.rows().subList(4, 7).stream().map(row -> row.get(1).shown()).toList());
    for (List<Cell> row : table.rows().subList(4, 10)) {
      row.subList(3, 7).forEach(cell -> assertTrue(cell.interval().isPresent()));
    }
    assertEquals(4, once.claims().size());
    assertEquals(3, once.figures().size());
  }

  @Test
  void table4ReadsAllFiveLanguages() throws IOException {
    for (String language : LANGUAGES) {
      Path files = Files.createDirectories(folder.resolve("sib200").resolve(language));
      Files.writeString(files.resolve("train.tsv"), sentences(language, 0, 24));
      Files.writeString(files.resolve("test.tsv"), sentences(language, 24, 36));
    }
    Findings found = new Table4().run(lab("cache"));
    Table english = found.tables().get(0);
    assertEquals(
        List.of("eng", "spa", "fra", "jpn", "zho"),
        english.rows().stream().map(row -> row.get(0).shown()).toList());
    assertEquals("bge-small-zh", english.rows().get(4).get(1).shown());
    // 512 numbers do not fit into a head for 384, but relative ones do.
    assertEquals(Cell.absent(), english.rows().get(4).get(2));
    assertTrue(english.rows().get(4).get(3).value().isPresent());
    var map = (Figure.HeatMap) found.figures().get(1);
    assertEquals(5, map.rows().size());
    map.values().forEach(row -> row.forEach(value -> assertTrue(value.isPresent())));
    var wrong = lab("cache", "minilm", "bge-small");
    refused("expected 1, or one for each of eng_Latn", () -> new Table4().run(wrong));
  }

  @Test
  void testSentencesMustBeParallel() throws IOException {
    for (String language : LANGUAGES) {
      int shift = language.equals("jpn_Jpan") ? 1 : 0;
      Path files = Files.createDirectories(folder.resolve("sib200").resolve(language));
      Files.writeString(files.resolve("train.tsv"), sentences(language, 0, 12));
      Files.writeString(files.resolve("test.tsv"), sentences(language, 12 + shift, 18 + shift));
    }
    refused("test sentences of 'jpn'", () -> new Table4().run(lab("cache", "minilm")));
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

  private static String sentences(String language, int from, int to) {
    StringBuilder lines = new StringBuilder("index_id\tcategory\ttext\n");
    IntStream.range(from, to)
        .forEach(
            i ->
                lines.append(
                    "%d\t%s\t%s %s %d\n"
                        .formatted(
                            i,
                            i % 2 == 0 ? "animals" : "travel",
                            NOUNS.get(i % NOUNS.size()),
                            language,
                            i)));
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
