// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.decoders.AnchorInputs;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.internal.data.TextInputs.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts, images and anchors as {@code stitch predict} is given them. */
final class InputFilesTest {
  private static final DatasetOptions USUAL = DatasetOptions.defaults();

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<String> rows(Path file, DatasetOptions how) {
    List<String> rows = new ArrayList<>();
    TextInputs.forEach(file, Form.of(file), how, row -> rows.add(told(row)));
    return rows;
  }

  private static String told(InputRow<String> row) {
    var columns = new StringBuilder();
    row.columns()
        .forEach(c -> columns.append(c.name() + "=" + c.value() + (c.json() ? "*" : "") + ";"));
    return row.input() + "/" + row.label() + "/" + columns;
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv, csv",
    "A.CSV, csv",
    "a.csv.gz, csv",
    "a.tsv, tsv",
    "a.jsonl, jsonl",
    "a.ndjson, jsonl",
    "a.txt, lines",
    "a, lines"
  })
  void namesTellTheForm(String name, String form) {
    assertEquals(form, Form.of(Path.of(name)).id());
  }

  @Test
  void everyFormGivesItsColumns() throws IOException {
    assertEquals(
        List.of("one/null/text=one;", "two, three/null/text=two, three;"),
        rows(file("a.txt", "one\ntwo, three\n"), USUAL));
    assertEquals(
        List.of("one, two/x/n=1;text=one, two;label=x;"),
        rows(file("a.csv", "n,text,label\n1,\"one, two\",x\n"), USUAL));
    assertEquals(
        List.of("one/null/t=one;k=2;"),
        rows(file("a.tsv", "t\tk\none\t2\n"), USUAL.withColumns(Map.of("text", "t"))));
    assertEquals(
        List.of("one/null/t=one;k=2;"),
        rows(
            file("b.csv", "t;k\none;2\n"),
            USUAL.withColumns(Map.of("text", "t")).withSeparator(';')));
    assertEquals(
        List.of("one/7/a={\"b\":\"one\"}*;label=7*;", "two/null/a.b=two;label={}*;"),
        rows(
            file(
                "a.jsonl",
                "{\"a\":{\"b\":\"one\"},\"label\":7}\n\n{\"a.b\":\"two\",\"label\":{}}\n"),
            USUAL.withColumns(Map.of("text", "a.b"))));
  }

  @Test
  void aStreamIsReadLikeAFile() {
    List<String> rows = new ArrayList<>();
    var stream = new ByteArrayInputStream("one\ntwo\n".getBytes(UTF_8));
    TextInputs.forEach(stream, "standard input", Form.LINES, USUAL, row -> rows.add(row.at()));
    assertEquals(List.of("'standard input' line 1", "'standard input' line 2"), rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a.txt | ~one\n \n~ | line 2: the text is empty",
        "a.csv | ~n\n1\n~ | has no column 'text'; it has n",
        "a.csv | ~text,n\n1\n~ | line 2: expected 2 fields",
        "a.jsonl | ~{\"text\": 1}~ | line 1: 'text' is no text; it has text",
        "a.jsonl | ~{\"a\": \"b\"}~ | line 1: 'text' is no text; it has a",
        "a.jsonl | ~[1]~ | line 1 is not one strict JSON object",
        "a.jsonl | ~{\"text\": \"a\"} {}~ | line 1 is not one strict JSON object",
        "a.jsonl | ~{'text': 'a'}~ | line 1 is not one strict JSON object",
      })
  void badRowsAreNamed(String name, String content, String message) throws IOException {
    Path file = file(name, content);
    Failures.badInput(() -> rows(file, USUAL), file.toString(), message);
  }

  @Test
  void blankTextsMayBePassedOver() throws IOException {
    assertEquals(
        List.of("one/null/text=one;", "null/null/text= ;"),
        rows(file("a.txt", "one\n \n"), USUAL.withSkipBad()));
  }

  @Test
  void anchorsAreFoundByOrderOrById() throws IOException {
    List<String> samples = List.of("b", "row-1");
    AnchorInputs lines = AnchorTexts.read(file("a.txt", "two\none\n"), USUAL, samples);
    assertEquals(List.of("two", "one"), lines.texts());
    AnchorInputs table =
        AnchorTexts.read(file("a.csv", "id,text\nx,three\nb,two\nrow-1,one\n"), USUAL, samples);
    assertEquals(lines, table);
    AnchorInputs counted =
        AnchorTexts.read(file("b.csv", "text\none\ntwo\n"), USUAL, List.of("row-2", "row-1"));
    assertEquals(List.of("two", "one"), counted.texts());
    Path few = file("few.txt", "two\n");
    Failures.badInput(
        () -> AnchorTexts.read(few, USUAL, samples), "has 1 texts but the head has 2");
    Path other = file("other.csv", "id,text\nb,two\n");
    Failures.badInput(
        () -> AnchorTexts.read(other, USUAL, samples), "has no row with the id 'row-1'");
  }

  @Test
  void imagesAreListedWithTheFolderTheyLieIn() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(images.resolve("cat"));
    Files.createDirectories(images.resolve("dog"));
    Files.write(images.resolve("cat/1.png"), new byte[] {1});
    Files.write(images.resolve("dog/2.jpg"), new byte[] {2});
    Files.write(images.resolve("dog/notes.txt"), new byte[] {3});
    Path zip = folder.resolve("images.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("dog/3.png"));
      out.write(4);
      out.putNextEntry(new ZipEntry("bird/4.png"));
      out.write(5);
    }
    Path one = Files.write(folder.resolve("one.png"), new byte[] {6});
    var rows = ImageInputs.of(List.of(images, zip, one), Set.of("cat", "dog"));
    assertEquals(
        List.of(images + "/cat/1.png", images + "/dog/2.jpg"),
        rows.subList(0, 2).stream().map(row -> row.columns().get(0).value()).toList());
    assertEquals("cat", rows.get(0).label());
    assertEquals("dog", rows.get(1).label());
    assertEquals(5, rows.size());
    assertEquals(null, rows.get(2).label()); // not all of the archive are in known folders
    assertEquals(one.toString(), rows.get(4).columns().get(0).value());
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Failures.badInput(() -> ImageInputs.of(List.of(empty), Set.of()), "holds no images");
    Path text = file("a.txt", "a");
    Failures.badInput(
        () -> ImageInputs.of(List.of(text), Set.of()), "is neither an image nor a .zip archive");
    Path none = folder.resolve("none");
    Failures.badInput(() -> ImageInputs.of(List.of(none), Set.of()), "does not exist");
  }
}
