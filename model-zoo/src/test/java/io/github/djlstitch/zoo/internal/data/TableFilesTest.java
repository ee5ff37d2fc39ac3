// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableFilesTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();
  private static final String GOOD =
      "text,label,split\nred,b,train\ngreen,a,train\nblue,b,test\ngrey,a,test\n";

  @TempDir Path folder;

  private String file(String format, String content) throws IOException {
    return file(format, content.getBytes(UTF_8));
  }

  private String file(String format, byte[] content) throws IOException {
    Path file = folder.resolve("data." + format);
    Files.write(file, content);
    return format + ":" + file;
  }

  private Dataset<String> csv(String content) throws IOException {
    return Datasets.open(file("csv", content), DEFAULTS).requireTexts();
  }

  private void refused(String format, String content, String... parts) throws IOException {
    String spec = file(format, content);
    Failures.badInput(() -> Datasets.open(spec, DEFAULTS), parts);
  }

  @Test
  void readsSplitsAndSortsClasses() throws IOException {
    Dataset<String> data = csv(GOOD);
    assertEquals("csv:" + folder.resolve("data.csv"), data.name());
    assertEquals(List.of("a", "b"), data.classes());
    assertEquals(
        List.of(new Sample<>("row-1", "red", 1), new Sample<>("row-2", "green", 0)), data.train());
    assertEquals(
        List.of(new Sample<>("row-3", "blue", 1), new Sample<>("row-4", "grey", 0)), data.test());
  }

  @Test
  void theThreeFormatsGiveTheSameData() throws IOException {
    String json =
        """
        {"text": "red", "label": "b", "split": "train"}

        {"text": "green", "label": "a", "split": "train", "more": {"deep": [1, null]}}
        {"text": "blue", "label": "b", "split": "test"}
        {"text": "grey", "label": "a", "split": "test"}
        """;
    String digest = csv(GOOD).sha256();
    assertEquals(digest, Datasets.open(file("jsonl", json), DEFAULTS).requireTexts().sha256());
    String tabs = GOOD.replace(',', '\t');
    assertEquals(digest, Datasets.open(file("tsv", tabs), DEFAULTS).requireTexts().sha256());
    assertEquals(digest, csv("\uFEFF" + GOOD.replace("\n", "\r\n")).sha256());
    assertEquals(digest, csv(GOOD.strip()).sha256());
    assertEquals(digest, csv(GOOD.replace("\n", "\n\n")).sha256());
  }

  @Test
  void csvQuotesHoldSeparatorsQuotesAndLineEnds() throws IOException {
    Dataset<String> data =
        csv("split,text,label\ntrain,\"a, \"\"b\"\"\r\nc\",x\ntrain,d,y\ntest,e,\"y\"\n");
    assertEquals("a, \"b\"\r\nc", data.train().get(0).input());
  }

  @Test
  void tsvKeepsQuotes() throws IOException {
    String spec = file("tsv", "text\tlabel\tsplit\n\"a\t\"x\ttrain\nb\ty\ttrain\nc\ty\ttest\n");
    Dataset<String> data = Datasets.open(spec, DEFAULTS).requireTexts();
    assertEquals("\"a", data.train().get(0).input());
    assertEquals(List.of("\"x", "y"), data.classes());
  }

  @Test
  void namedColumnsAndIds() throws IOException {
    String spec =
        file("csv", "key,question,topic,part\nq7,red,a,train\nq8,blue,b,train\nq9,grey,b,test\n");
    var columns = Map.of("text", "question", "label", "topic", "split", "part", "id", "key");
    Dataset<String> data = Datasets.open(spec, DEFAULTS.withColumns(columns)).requireTexts();
    assertEquals(List.of("q7", "q8"), data.train().stream().map(Sample::id).toList());
    assertEquals("q9", data.test().get(0).id());
  }

  @Test
  void jsonLabelsAndIdsMayBeNumbers() throws IOException {
    String json =
        """
        {"text": "red", "label": 1, "split": "train", "id": 10}
        {"text": "green", "label": 0, "split": "train", "id": "x"}
        {"text": "blue", "label": 1, "split": "test", "id": 12}
        """;
    Dataset<String> data = Datasets.open(file("jsonl", json), DEFAULTS).requireTexts();
    assertEquals(List.of("0", "1"), data.classes());
    assertEquals("10", data.train().get(0).id());
  }

  @Test
  void unusualTextsStayAsTheyAre() throws IOException {
    String text = "\u05d0\u05d1 \ud83d\udc69\u200d\ud83d\udd2c \u0000 " + "x".repeat(1 << 20);
    Dataset<String> data = csv("text,label,split\n" + text + ",a,train\nb,b,train\nc,b,test\n");
    assertEquals(text, data.train().get(0).input());
  }

  @Test
  void withoutSplitEachClassIsDividedBySeed() throws IOException {
    var content = new StringBuilder("text,label\n");
    for (int i = 0; i < 100; i++) {
      content.append("text ").append(i).append(i < 60 ? ",a\n" : i < 98 ? ",b\n" : ",c\n");
    }
    content.append("alone,d\n");
    String spec = file("csv", content.toString());
    Dataset<String> data = Datasets.open(spec, DEFAULTS).requireTexts();
    assertEquals(List.of(12L, 8L, 1L, 0L), testCounts(data));
    assertEquals(80, data.train().size());
    assertEquals(data, Datasets.open(spec, DEFAULTS).requireTexts());
    assertNotEquals(
        ids(data.test()), ids(Datasets.open(spec, DEFAULTS.withSeed(1)).requireTexts().test()));
    assertEquals(
        List.of(54L, 34L, 1L, 0L),
        testCounts(Datasets.open(spec, DEFAULTS.withTestFraction(.9)).requireTexts()));
  }

  private static List<Long> testCounts(Dataset<String> data) {
    List<Long> counts = new ArrayList<>();
    for (int label = 0; label < data.classes().size(); label++) {
      int wanted = label;
      counts.add(data.test().stream().filter(s -> s.label() == wanted).count());
    }
    return counts;
  }

  private static Set<String> ids(List<Sample<String>> samples) {
    Set<String> ids = new HashSet<>();
    samples.forEach(s -> ids.add(s.id()));
    return ids;
  }

  @Test
  void theSplitDoesNotDependOnTheOrderOfRows() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add("id" + i + ",text " + i + "," + (i % 3));
    }
    Dataset<String> forward = csv("id,text,label\n" + String.join("\n", rows));
    Collections.reverse(rows);
    Dataset<String> backward = csv("id,text,label\n" + String.join("\n", rows));
    assertEquals(ids(forward.test()), ids(backward.test()));
  }

  @Test
  void raggedRows() throws IOException {
    refused(
        "csv",
        "text,label\na,x\nb\n",
        "data.csv",
        "line 3 (row 2)",
        "expected 2 fields",
        "found 1");
    refused("csv", "text,label\na,x\nb,y,z\n", "line 3 (row 2)", "found 3");
    refused("tsv", "text\tlabel\na\tx\nb\n", "data.tsv", "line 3 (row 2)", "found 1");
  }

  @Test
  void emptyValues() throws IOException {
    refused("csv", "text,label\n\"a\nb\",x\nc,\n", "line 4 (row 2)", "label is empty");
    refused("csv", "text,label\n  ,x\n", "line 2 (row 1)", "text is empty");
    refused("csv", "id,text,label\n,a,x\n", "line 2 (row 1)", "id is empty");
    refused("jsonl", "{\"text\": \"\", \"label\": 1}", "line 1 (row 1)", "text is empty");
  }

  @Test
  void unknownColumnListsWhatIsThere() throws IOException {
    refused(
        "csv",
        "Texts,label\na,x\n",
        "line 1",
        "expected a column 'text'",
        "found 'Texts', 'label'",
        "did you mean 'Texts'?");
    String spec = file("csv", GOOD);
    var wrong = DEFAULTS.withColumns(Map.of("split", "spilt"));
    Failures.badInput(
        () -> Datasets.open(spec, wrong), "expected a column 'spilt'", "did you mean 'split'?");
    refused("csv", "text,text,label\na,b,c\n", "column 'text' appears twice");
    refused("jsonl", "{\"text\": \"a\", \"lable\": 1}", "line 1", "'label'", "'lable'");
    refused("jsonl", "{\"text\": \"a\", \"text\": \"b\", \"label\": 1}", "appears twice");
  }

  @Test
  void filesWithoutRows() throws IOException {
    refused("csv", "", "data.csv", "is empty");
    refused("tsv", "", "data.tsv", "is empty");
    refused("jsonl", " \n", "data.jsonl", "is empty");
    refused("csv", "text,label\n", "has a header but no rows");
    refused("tsv", "text\tlabel\n", "has a header but no rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "tsv", "jsonl"})
  void filesThatAreNone(String format) {
    Failures.badInput(
        () -> Datasets.open(format + ":" + folder, DEFAULTS), folder.toString(), "is a folder");
    Path missing = folder.resolve("missing");
    Failures.badInput(
        () -> Datasets.open(format + ":" + missing, DEFAULTS),
        missing.toString(),
        "does not exist");
    Failures.badInput(() -> Datasets.open(format + ":a\0b", DEFAULTS), "not a valid path");
  }

  @Test
  void duplicateIdsNameBothRows() throws IOException {
    refused(
        "csv",
        "id,text,label\nq,a,x\np,b,y\nq,c,x\n",
        "line 4 (row 3)",
        "id 'q'",
        "row 1 in line 2");
  }

  @Test
  void singleClass() throws IOException {
    refused("csv", "text,label\na,x\nb,x\n", "single class 'x'", "at least 2");
  }

  @Test
  void splitsThatDoNotWork() throws IOException {
    refused(
        "csv",
        "text,label,split\na,x,train\nb,y,later\n",
        "line 3 (row 2)",
        "'train', 'test' or 'validation'",
        "is 'later'");
    refused(
        "csv",
        "text,label,split\na,x,train\nb,y,train\nc,z,test\n",
        "line 4 (row 3)",
        "label 'z' is in the test split only");
    refused("csv", "text,label,split\na,x,train\nb,y,train\n", "no test samples");
    refused("csv", "text,label,split\na,x,test\nb,y,test\n", "no train samples");
  }

  @Test
  void invalidUtf8NamesLineAndByte() throws IOException {
    byte[] latin = "text,label\nabc,x\ncaf\u00e9,y\n".getBytes(StandardCharsets.ISO_8859_1);
    for (String format : List.of("csv", "tsv", "jsonl")) {
      String spec = file(format, latin.clone());
      if (format.equals("csv")) {
        Failures.badInput(
            () -> Datasets.open(spec, DEFAULTS), "data.csv", "line 3", "UTF-8", "0xE9", "byte 4");
      } else {
        Failures.badInput(() -> Datasets.open(spec, DEFAULTS), "data." + format, "line 1");
      }
    }
    String utf16 = file("tsv", GOOD.getBytes(StandardCharsets.UTF_16));
    Failures.badInput(
        () -> Datasets.open(utf16, DEFAULTS), "UTF-16", "--encoding UTF-16", "save the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "tsv", "jsonl"})
  void hugeLinesAreRefused(String format) throws IOException {
    String spec = file(format, "x".repeat(50_000_000));
    Failures.badInput(() -> Datasets.open(spec, DEFAULTS), "line 1", "more than 8388608 bytes");
  }

  @Test
  void hugeQuotedFieldsAreRefused() throws IOException {
    String spec = file("csv", "text,label\n\"" + "a line of text\n".repeat(700_000) + "\",x\n");
    Failures.badInput(() -> Datasets.open(spec, DEFAULTS), "data.csv", "at most 8388608 char");
  }

  @Test
  void badQuotesAreRefused() throws IOException {
    refused("csv", "text,label\na,x\n\"b,y\nc,z\n", "after row 1", "closed quotes");
    refused("csv", "text,label\n\"a\"b,x\n", "after row 0", "closed quotes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "7",
        "{\"text\": \"a\"",
        "{'text': 'a', 'label': 'x'}",
        "{\"text\": \"a\", \"label\": NaN}",
        "{\"text\": \"a\", \"label\": \"x\"} {}",
        "{\"text\": \"a\", \"label\": null}",
        "{\"text\": \"a\", \"label\": [\"x\"]}",
        "{\"text\": {\"a\": 1}, \"label\": \"x\"}",
        "{\"text\": 1, \"label\": \"x\"}",
        "{\"text\": \"a\", \"label\": true}",
        "{\"text\": \"\\ud800\", \"label\": \"x\"}",
        "{\"text\": \"a\", \"label\": \"x\", \"id\": 1}",
        "{\"text\": \"a\", \"label\": \"x\", \"split\": \"train\"}"
      })
  void badJsonNamesTheLine(String line) throws IOException {
    refused("jsonl", "{\"text\": \"a\", \"label\": \"x\"}\n" + line + "\n", "line 2 (row 2)");
  }

  @Test
  void deepJsonIsRefused() throws IOException {
    String deep = "{\"deep\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    refused("jsonl", deep, "line 1 (row 1)", "strict JSON", "malformed");
  }

  @Test
  void badJsonSaysWhereAndWhatToDo() throws IOException {
    refused("jsonl", "{'text': 'a'}", "malformed near column 3", "check quotes and commas");
    String some = "{\"text\": \"a\", \"label\": 1, \"id\": 1}\n{\"text\": \"a\", \"label\": 1}\n";
    refused("jsonl", some, "line 2", "'id' is in row 1 but not here");
  }

  @Test
  void hintsAreEscapedToo() throws IOException {
    refused("tsv", "text\tlabel\rx\n", "did you mean 'label\\u000Dx'?");
  }

  @Test
  void messagesShowValuesShortAndEscaped() throws IOException {
    String spec = file("csv", "text,label,split\na,x,\"\u001b[31m\nred" + "d".repeat(99) + "\"\n");
    var e = Failures.badInput(() -> Datasets.open(spec, DEFAULTS), "\\u001B[31m\\u000Aredd");
    assertTrue(String.valueOf(e.getMessage()).length() < 300 + spec.length());
  }
}
