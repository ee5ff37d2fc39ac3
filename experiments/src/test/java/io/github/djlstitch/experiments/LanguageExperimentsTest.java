// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiments across languages, on made-up sentences and reviews. */
final class LanguageExperimentsTest {
  private static final List<String> LANGUAGES =
      List.of("eng_Latn", "spa_Latn", "fra_Latn", "jpn_Jpan", "zho_Hans");
  private static final List<String> TOPICS = List.of("sports", "travel", "health", "geography");

  @TempDir Path folder;

  @Test
  void table4ReadsFiveLanguagesOverBothKindsOfAnchors() throws IOException {
    sentences(0);
    Findings found = new Table4().run(lab());
    Table english = found.tables().get(0);
    assertEquals(
        List.of("eng", "spa", "fra", "jpn", "zho"),
        english.rows().stream().map(row -> row.get(0).shown()).toList());
    assertEquals("translated", english.columns().get(3));
    assertEquals("out-of-domain", english.columns().get(4));
    List<Cell> chinese = english.rows().get(4);
    assertEquals("bge-small-zh", chinese.get(1).shown());
    // 512 numbers do not fit into a head for 384, but relative ones do.
    assertEquals(Cell.absent(), chinese.get(2));
    assertTrue(chinese.get(3).value().isPresent() && chinese.get(4).value().isPresent());
    assertEquals(1 + 2 * 2, found.tables().size());
    assertTrue(found.claims().get(5).statement().contains("at most .08 below"));
    assertEquals(found, new Table4().run(lab()));
  }

  @Test
  void table4RefusesAnotherNumberOfEncoders() throws IOException {
    sentences(0);
    refused(
        "expected 1, or one for each of eng, spa",
        () -> new Table4().run(lab("minilm", "e5-small")));
    refused(
        "this reads all languages with one", () -> new Table17().run(lab("minilm", "e5-small")));
  }

  @Test
  void sentencesMustBeParallel() throws IOException {
    sentences(1);
    refused(
        "sentences in jpn_Jpan are not those of eng_Latn", () -> new Table4().run(lab("minilm")));
  }

  @Test
  void table17HasOneEncoderForAllPairs() throws IOException {
    write("en.csv", Reviews.of("the", 0, 20, 30));
    write("es.csv", Reviews.of("el", 0, 20, 30));
    Findings found = new Table17().run(reviews("en.csv", "es.csv").open());
    assertEquals(4, found.tables().get(0).rows().size());
    assertEquals(
        List.of("decoder", "encoder", "absolute", "translated"),
        found.tables().get(0).columns().subList(0, 4));
    assertEquals("MAE: translated", found.tables().get(0).columns().get(5), "bad and good ones");
    assertTrue(found.claims().get(0).statement().endsWith("of 4"));
    var map = (Figure.HeatMap) found.figures().get(1);
    map.values().forEach(row -> row.forEach(value -> assertTrue(value.isPresent())));
  }

  @Test
  void withoutStarsSentencesHaveFifthsOfLengths() throws IOException {
    sentences(0);
    Lab lab = lab("minilm");
    LanguageTask task = Sib200Languages.lengths(lab);
    assertTrue(lab.notes().get(0).contains("nothing at hand has stars"), lab.notes().get(0));
    assertTrue(task.ordered());
    assertEquals(List.of("1", "2", "3", "4", "5"), task.classes());
    var english = task.languages().get(0).data().requireTexts().train();
    assertEquals(30, english.size(), "of 60, half on the topics of the task");
    int shortest =
        english.stream()
            .filter(s -> s.label() == 0)
            .mapToInt(s -> s.input().length())
            .max()
            .orElseThrow();
    int longest =
        english.stream()
            .filter(s -> s.label() == 4)
            .mapToInt(s -> s.input().length())
            .min()
            .orElseThrow();
    assertTrue(shortest < longest, shortest + " to " + longest);
    var japanese = task.languages().get(3).data().requireTexts().train();
    for (int i = 0; i < english.size(); i++) {
      assertEquals(english.get(i).label(), japanese.get(i).label());
    }
  }

  @Test
  void reviewsHaveStarsTranslationsAndAnchorsFromElsewhere() throws IOException {
    // Rows 0 to 14 are the same in both; test rows are others, and 15 instead of 10.
    write("en.csv", Reviews.of("the", 0, 20, 30));
    write(
        "es.csv",
        Reviews.of("el", 0, 15, 15)
            + Reviews.of("el", 120, 125, 140).lines().skip(1).reduce("", (a, b) -> a + b + "\n"));
    write("wiki-en.txt", lines("the town", 15));
    write("wiki-es.txt", lines("el pueblo", 15));
    Lab lab =
        reviews("en.csv", "es.csv").anchorsFrom(path("wiki-en.txt"), path("wiki-es.txt")).open();
    Findings found = new Table16().run(lab);
    Table pairs = found.tables().get(0);
    assertEquals(4, pairs.rows().size());
    assertEquals(8, pairs.columns().size());
    for (List<Cell> row : pairs.rows()) {
      double error = row.get(6).value().orElseThrow();
      assertTrue(error >= 0 && error <= 4, "stars apart: " + error);
    }
    assertTrue(found.tables().get(1).rows().get(0).get(6).interval().isPresent());
    assertEquals(
        List.of("at most 8000 training and 2000 test samples of a data set; --full takes all"),
        lab.notes());
  }

  @Test
  void rowsOfOtherLabelsAreNoTranslations() throws IOException {
    write("en.csv", Reviews.of("the", 0, 40, 60));
    write("fr.csv", Reviews.of("le", 0, 39, 40).replace("r0,train,1", "r0,train,5"));
    refused(
        "no anchors: no training row", () -> new Table15().run(reviews("en.csv", "fr.csv").open()));
    refused("at least 2", () -> new Table15().run(reviews("en.csv").open()));
    refused("of another name", () -> new Table15().run(reviews("en.csv", "en.csv").open()));
    write("wiki-en.txt", lines("the town", 15));
    write("wiki-fr.txt", lines("la ville", 14));
    refused(
        "line N of each",
        () ->
            new Table15()
                .run(
                    reviews("en.csv", "fr.csv")
                        .anchorsFrom(path("wiki-en.txt"), path("wiki-fr.txt"))
                        .open()));
    refused(
        "one for each of en, fr",
        () -> new Table15().run(reviews("en.csv", "fr.csv").anchorsFrom("wiki-en.txt").open()));
  }

  @Test
  void classesWithoutOrderAreRefusedByTable16() throws IOException {
    String topics =
        "id,split,label,text\na,train,x,one\nb,train,y,two\nc,train,z,three\nd,test,x,four\n";
    write("en.csv", topics);
    write("es.csv", topics);
    refused(
        "labels that have an order", () -> new Table16().run(reviews("en.csv", "es.csv").open()));
  }

  @Test
  void numbersThatRiseAreAnOrder() {
    assertTrue(TextSelection.ordered(List.of("1", "2", "3", "4", "5")));
    assertTrue(TextSelection.ordered(List.of("bad", "good")));
    assertTrue(!TextSelection.ordered(List.of("1", "10", "2")));
    assertTrue(!TextSelection.ordered(List.of("a", "b", "c")));
  }

  private void sentences(int shift) throws IOException {
    for (String language : LANGUAGES) {
      int from = language.equals("jpn_Jpan") ? shift : 0;
      Path files = Files.createDirectories(folder.resolve("sib200").resolve(language));
      Files.writeString(files.resolve("train.tsv"), sentences(language, from, from + 60));
      Files.writeString(files.resolve("test.tsv"), sentences(language, 90, 105));
    }
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
                            TOPICS.get(i % 4),
                            TOPICS.get(i % 4),
                            language + " on".repeat(i % 7),
                            i)));
    return lines.toString();
  }

  private static String lines(String words, int count) {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, count).forEach(i -> lines.append(words).append(' ').append(i).append('\n'));
    return lines.toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private TestLab reviews(String... names) {
    return TestLab.keepingIn(folder.resolve("cache"))
        .dataset(String.join(",", List.of(names).stream().map(n -> "csv:" + path(n)).toList()))
        .encoders("minilm")
        .anchors(12)
        .seeds(0, 1);
  }

  private Lab lab(String... encoders) {
    return TestLab.keepingIn(folder.resolve("cache"))
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
