// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamedDataTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  @TempDir Path folder;

  private void writeTrec(String train, String test) throws IOException {
    Files.write(folder.resolve("train_5500.label"), train.getBytes(ISO_8859_1));
    Files.write(folder.resolve("TREC_10.label"), test.getBytes(ISO_8859_1));
  }

  private Dataset<String> trec() {
    return Datasets.open("trec:" + folder, DEFAULTS).requireTexts();
  }

  private void writeSib(String language, int train, int test) throws IOException {
    Path files = Files.createDirectories(folder.resolve(language));
    Files.writeString(files.resolve("train.tsv"), sib(language, 0, train), UTF_8);
    Files.writeString(files.resolve("test.tsv"), sib(language, train, train + test), UTF_8);
  }

  private static String sib(String language, int from, int to) {
    var content = new StringBuilder("index_id\tcategory\ttext\n");
    for (int i = from; i < to; i++) {
      content.append(i).append('\t').append(i % 5 == 0 ? "rare" : "common").append('\t');
      content.append("\"").append(language).append(" \"\"").append(i).append("\"\"\"\n");
    }
    return content.toString();
  }

  private Dataset<String> sib(String language, DatasetOptions options) {
    return Datasets.open("sib200:" + folder + ":" + language, options).requireTexts();
  }

  private static List<String> ids(List<Sample<String>> samples) {
    return samples.stream().map(Sample::id).toList();
  }

  @Test
  void readsTrec() throws IOException {
    writeTrec(
        "DESC:manner How ?\nLOC:city Where is S\u00e3o Paulo ?\nDESC:manner How ?\n",
        "LOC:other Where ?\n");
    Dataset<String> data = trec();
    assertEquals(List.of("DESC", "LOC"), data.classes());
    assertEquals(new Sample<>("train-2", "Where is S\u00e3o Paulo ?", 1), data.train().get(1));
    assertEquals(new Sample<>("train-3", "How ?", 0), data.train().get(2));
    assertEquals(List.of(new Sample<>("test-1", "Where ?", 1)), data.test());
  }

  @Test
  void refusesBadTrec() throws IOException {
    Failures.badInput(this::trec, "train_5500.label", "does not exist");
    writeTrec("DESC:manner How ?\nno label here\n", "DESC:manner How ?\n");
    Failures.badInput(this::trec, "train_5500.label", "line 2", "COARSE:fine", "'no label here'");
    writeTrec("DESC:manner\n", "DESC:manner How ?\n");
    Failures.badInput(this::trec, "line 1", "COARSE:fine");
    writeTrec("DESC:a How ?\nLOC:b Where ?\n", "NUM:c When ?\n");
    Failures.badInput(this::trec, "TREC_10.label", "line 1", "'NUM'", "test split only");
  }

  @Test
  void readsSib200() throws IOException {
    writeSib("eng_Latn", 20, 5);
    Dataset<String> data = sib("eng_Latn", DEFAULTS);
    assertEquals(List.of("common", "rare"), data.classes());
    assertEquals(new Sample<>("0", "eng_Latn \"0\"", 1), data.train().get(0));
    assertEquals(20, data.train().size());
    assertEquals(5, data.test().size());
  }

  @Test
  void refusesBadSib200() throws IOException {
    writeSib("eng_Latn", 20, 5);
    Files.createDirectories(folder.resolve("fra_Latn"));
    Failures.usage(
        () -> sib("eng_latn", DEFAULTS), "did you mean 'eng_Latn'?", "'eng_Latn', 'fra_Latn'");
    Failures.usage(() -> sib("..", DEFAULTS), "has no language '..'");
    Failures.badInput(() -> sib("fra_Latn", DEFAULTS), "train.tsv", "does not exist");
    Failures.usage(() -> Datasets.open("sib200:nowhere", DEFAULTS), "sib200:DIR:LANG");
    Failures.usage(() -> Datasets.open("sib200:" + folder + ":", DEFAULTS), "sib200:DIR:LANG");
    Failures.badInput(
        () -> Datasets.open("sib200:" + folder + "/no:eng_Latn", DEFAULTS), "is not a folder");
    Path test = folder.resolve("eng_Latn/test.tsv");
    Files.writeString(test, "index_id\tcategory\ttext\n3\tcommon\tagain\n");
    Failures.badInput(
        () -> sib("eng_Latn", DEFAULTS), "test.tsv", "id '3'", "row 4 in line 5", "train.tsv");
  }

  @Test
  void splitSizeKeepsTheSameIdsInParallelLanguages() throws IOException {
    writeSib("eng_Latn", 100, 50);
    writeSib("fra_Latn", 100, 50);
    var options = DEFAULTS.withSplitSize(new SplitSize(20, 10));
    Dataset<String> english = sib("eng_Latn", options);
    assertEquals(20, english.train().size());
    assertEquals(10, english.test().size());
    assertEquals(4, english.train().stream().filter(s -> s.label() == 1).count());
    assertEquals(2, english.test().stream().filter(s -> s.label() == 1).count());
    List<Integer> order = english.train().stream().map(s -> Integer.parseInt(s.id())).toList();
    assertEquals(order.stream().sorted().toList(), order);
    assertEquals(ids(english.train()), ids(sib("fra_Latn", options).train()));
    assertEquals(ids(english.test()), ids(sib("fra_Latn", options).test()));
    assertNotEquals(ids(english.train()), ids(sib("eng_Latn", options.withSeed(1)).train()));
  }

  @Test
  void splitSizeKeepsEveryClass() throws IOException {
    writeSib("eng_Latn", 100, 50);
    Dataset<String> least = sib("eng_Latn", DEFAULTS.withSplitSize(new SplitSize(2, 1)));
    assertEquals(List.of(0, 1), least.train().stream().map(Sample::label).sorted().toList());
    Dataset<String> all = sib("eng_Latn", DEFAULTS.withSplitSize(new SplitSize(999, 999)));
    assertEquals(100, all.train().size());
    Failures.usage(
        () -> sib("eng_Latn", DEFAULTS.withSplitSize(new SplitSize(1, 1))),
        "split size 1,1",
        "keep at least 2");
  }

  @Test
  void unknownNamesSuggestTheNearest() {
    Failures.usage(
        () -> Datasets.open("wrdnet", DEFAULTS), "'wrdnet' is unknown", "mean 'wordnet'?");
    Failures.usage(() -> Datasets.open("data.csv", DEFAULTS), "mean 'csv:data.csv'?");
    Failures.usage(() -> Datasets.open("", DEFAULTS), "known: wordnet, digits, trec, trec:DIR");
    Failures.usage(() -> Datasets.open("csv", DEFAULTS), "'csv' does not have", "csv:FILE");
    Failures.usage(() -> Datasets.open("csv:", DEFAULTS), "'csv:'", "csv:FILE");
    Failures.usage(() -> Datasets.open("wordnet:3", DEFAULTS), "'wordnet:3'");
  }

  @Test
  void columnsFitTablesOnly() {
    Failures.usage(
        () -> Datasets.open("wordnet", DEFAULTS.withColumns(Map.of("text", "gloss"))),
        "csv, tsv and jsonl",
        "'wordnet'");
  }

  @Test
  void namesAreThoseOfTheForms() {
    assertTrue(Datasets.forms().contains("sib200:DIR:LANG"));
  }
}
