// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as people have them: other separators and encodings, packed, with bad and odd rows. */
final class OwnDataTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();
  private static final String GOOD =
      "text,label,split\nred caf\u00e9,b,train\ngreen,a,train\nblue,b,test\ngrey,a,test\n";
  private static final String LINES =
      """
      {"text":"red caf\u00e9","label":"b","split":"train"}
      {"text":"green","label":"a","split":"train"}
      {"text":"blue","label":"b","split":"test"}
      {"text":"grey","label":"a","split":"test"}
      """;

  @TempDir Path folder;

  private String file(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
    return name.replaceFirst("^.*?[.]", "").replaceFirst("[.]gz$", "") + ":" + folder.resolve(name);
  }

  private String file(String name, String content) throws IOException {
    return file(name, content.getBytes(UTF_8));
  }

  private static String digest(String spec, DatasetOptions options) {
    return Datasets.open(spec, options).requireTexts().sha256();
  }

  private String wanted() throws IOException {
    return digest(file("wanted.csv", GOOD), DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "|", "\t", " "})
  void columnsMayBeApartByAnotherCharacter(String separator) throws IOException {
    String spec = file("x.csv", GOOD.replace("d caf", "d-caf").replace(",", separator));
    assertEquals(
        digest(file("wanted.csv", GOOD.replace("d caf", "d-caf")), DEFAULTS),
        digest(spec, DEFAULTS.withSeparator(separator.charAt(0))));
  }

  @Test
  void anotherSeparatorIsSeen() throws IOException {
    for (String separator : List.of(";", "|")) {
      String spec = file("x.csv", GOOD.replace(",", separator));
      Failures.badInput(() -> digest(spec, DEFAULTS), "--separator '" + separator + "'");
    }
    String tabs = file("x.csv", GOOD.replace(",", "\t"));
    Failures.badInput(
        () -> digest(tabs, DEFAULTS), "give tsv:FILE, or csv:FILE with --separator tab");
    String commas = file("x.tsv", GOOD);
    Failures.badInput(() -> digest(commas, DEFAULTS), "apart by ',': give csv:FILE");
    Failures.usage(
        () -> digest(commas, DEFAULTS.withSeparator(';')), "does not take --separator, only csv");
  }

  @Test
  void filesMayHaveAnotherEncoding() throws IOException {
    byte[] marked = ("\ufeff" + GOOD).getBytes(UTF_16LE);
    for (String format : List.of("csv", "tsv", "jsonl")) {
      String text =
          format.equals("jsonl") ? LINES : format.equals("tsv") ? GOOD.replace(',', '\t') : GOOD;
      for (Charset charset :
          List.of(UTF_16, UTF_16LE, UTF_16BE, ISO_8859_1, Charset.forName("UTF-32"))) {
        String spec = file("x." + format, text.getBytes(charset));
        assertEquals(wanted(), digest(spec, DEFAULTS.withEncoding(charset)), format + charset);
      }
    }
    assertEquals(wanted(), digest(file("x.csv", marked), DEFAULTS.withEncoding(UTF_16)));
    assertEquals(
        wanted(),
        digest(
            file("x.csv", GOOD.replace("\n", "\r\n").getBytes(UTF_16LE)),
            DEFAULTS.withEncoding(UTF_16)));
  }

  @Test
  void anotherEncodingIsSeen() throws IOException {
    String latin = file("x.csv", GOOD.getBytes(ISO_8859_1));
    Failures.badInput(
        () -> digest(latin, DEFAULTS), "line 2 is not UTF-8", "--encoding, such as windows-1252");
    for (Charset charset : List.of(UTF_16, UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"))) {
      byte[] bytes =
          charset.name().equals("UTF-32LE")
              ? ("\ufeff" + GOOD).getBytes(charset)
              : GOOD.getBytes(charset);
      String spec = file("x.csv", bytes);
      Failures.badInput(() -> digest(spec, DEFAULTS), "looks like UTF-", "give --encoding UTF-");
    }
    String odd = file("x.csv", Arrays.copyOf("text,label\na,".getBytes(UTF_16BE), 27));
    Failures.badInput(() -> digest(odd, DEFAULTS.withEncoding(UTF_16BE)), "line 2", "UTF-16BE");
    Failures.usage(
        () -> Datasets.open("wordnet", DEFAULTS.withEncoding(UTF_16)),
        "'wordnet' does not take --encoding, only csv, tsv and jsonl");
  }

  @Test
  void filesMayBePacked() throws IOException {
    assertEquals(wanted(), digest(file("x.csv.gz", gzip(GOOD.getBytes(UTF_8))), DEFAULTS));
    assertEquals(wanted(), digest(file("x.jsonl.gz", gzip(LINES.getBytes(UTF_8))), DEFAULTS));
    byte[] wide = gzip(GOOD.replace(',', '\t').getBytes(UTF_16));
    assertEquals(wanted(), digest(file("x.tsv.gz", wide), DEFAULTS.withEncoding(UTF_16)));
    Path texts = folder.resolve("texts.txt.gz");
    Files.write(texts, gzip("one\ntwo\n".getBytes(UTF_8)));
    assertEquals(2, TextLines.read(texts, DEFAULTS).samples().size());
  }

  @Test
  void badPackingIsRefusedByName() throws IOException {
    byte[] good = gzip(GOOD.getBytes(UTF_8));
    String twice = file("x.csv.gz", gzip(good));
    Failures.badInput(() -> digest(twice, DEFAULTS), "x.csv.gz", "packed with gzip twice");
    String cut = file("y.csv.gz", Arrays.copyOf(good, good.length / 2));
    Failures.badInput(() -> digest(cut, DEFAULTS), "y.csv.gz", "damaged", "pack it again");
    String pointer = file("z.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n");
    Failures.badInput(() -> digest(pointer, DEFAULTS), "z.csv", "git lfs pull");
  }

  @Test
  void whatGrowsTooMuchIsRefused() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bomb)) {
      out.write("text,label\n".getBytes(UTF_8));
      byte[] row = (" ".repeat(1 << 20) + "a,b\n").getBytes(UTF_8);
      for (int i = 0; i < 70; i++) {
        out.write(row);
      }
    }
    String spec = file("bomb.csv.gz", bomb.toByteArray());
    Failures.badInput(() -> digest(spec, DEFAULTS), "bomb.csv.gz", "more than 200");
  }

  @Test
  void columnsOfJsonMayBePaths() throws IOException {
    String lines =
        """
        {"review": {"body": "red", "more": [1]}, "meta": {"stars": 5, "part": {"of": "train"}}}
        {"meta": {"stars": 1, "part": {"of": "train"}}, "review": {"body": "green"}}
        {"meta.stars": 5, "review": {"body": "blue"}, "meta": {"part": {"of": "test"}}}
        """;
    var columns = Map.of("text", "review.body", "label", "meta.stars", "split", "meta.part.of");
    Dataset<String> data =
        Datasets.open(file("x.jsonl", lines), DEFAULTS.withColumns(columns)).requireTexts();
    assertEquals(List.of("red", "green"), data.train().stream().map(Sample::input).toList());
    assertEquals(List.of("1", "5"), data.classes());
    String flat = file("y.jsonl", "{\"review\": \"red\", \"meta\": {\"stars\": 5}}");
    Failures.badInput(
        () ->
            digest(
                flat, DEFAULTS.withColumns(Map.of("text", "review.body", "label", "meta.stars"))),
        "expected a column 'review.body'",
        "'meta.stars'");
  }

  @Test
  void validationIsLeftOutBesideTrainAndTestAndElseStandsIn() throws IOException {
    String three = GOOD + "pink,a,dev\nmauve,b,Validation\n";
    LabelledData data = Datasets.open(file("x.csv", three), DEFAULTS);
    assertEquals(2, data.dataset().test().size());
    assertTrue(data.notes().get(0).contains("left out 2 validation rows"), data.notes().toString());
    String two = GOOD.replace(",test", ",validation");
    LabelledData stood = Datasets.open(file("y.csv", two), DEFAULTS);
    assertEquals(wanted(), stood.dataset().sha256());
    assertEquals(List.of(), stood.notes());
    assertEquals(wanted(), digest(file("z.csv", GOOD.replace(",train", ",valid")), DEFAULTS));
  }

  @Test
  void badRowsAreLeftOutAndListed() throws IOException {
    String csv =
        """
        text,label,split
        red,b,train
        ragged,x
        \u00ff,b,train
        ,b,train
        green,a,train
        last,c,test
        odd,a,later
        blue,b,test
        grey,a,test
        """;
    for (String format : List.of("csv", "tsv")) {
      String text = format.equals("tsv") ? csv.replace(',', '\t') : csv;
      String spec = file("x." + format, text.getBytes(ISO_8859_1));
      Failures.badInput(() -> digest(spec, DEFAULTS), "line 3 (row 2)", "found 2");
      LabelledData data = Datasets.open(spec, DEFAULTS.withSkipBad());
      assertEquals(4, data.dataset().train().size() + data.dataset().test().size());
      List<String> skipped = data.skipped();
      assertEquals(5, skipped.size(), skipped.toString());
      assertTrue(skipped.get(0).contains("line 3 (row 2)"), skipped.get(0));
      assertTrue(skipped.get(1).contains("line 4 is not UTF-8"), skipped.get(1));
      assertTrue(skipped.get(2).contains("line 5 (row"), skipped.get(2));
      assertTrue(skipped.get(3).contains("is 'later'"), skipped.get(3));
      assertTrue(skipped.get(4).contains("label 'c' is in the test split only"), skipped.get(4));
    }
  }

  @Test
  void badJsonAndBadLinesAreLeftOutToo() throws IOException {
    String jsonl = "{\"text\": 1}\n" + LINES + "nonsense\n[]\n";
    LabelledData data = Datasets.open(file("x.jsonl", jsonl), DEFAULTS.withSkipBad());
    assertEquals(3, data.skipped().size());
    assertEquals(2, data.dataset().train().size());
    Path texts = folder.resolve("texts.txt");
    Files.write(texts, "one\n \ncaf\u00e9\ntwo\n".getBytes(ISO_8859_1));
    TextLines lines = TextLines.read(texts, DEFAULTS.withSkipBad());
    assertEquals(List.of("line-1", "line-4"), lines.samples().stream().map(Sample::id).toList());
    assertEquals(2, lines.skipped().size());
  }

  @Test
  void aFileOfWhichNothingIsLeftIsRefused() throws IOException {
    String spec = file("x.csv", "text,label\na\nb\n");
    Failures.badInput(
        () -> digest(spec, DEFAULTS.withSkipBad()),
        "no row that can be read",
        "left out 2",
        "line 2");
    String wrong = file("y.csv", "txt,label\na,x\n");
    Failures.badInput(() -> digest(wrong, DEFAULTS.withSkipBad()), "expected a column 'text'");
    Failures.usage(
        () -> Datasets.open("wordnet", DEFAULTS.withSkipBad()), "does not take --skip-bad");
  }

  @Test
  void oddLabelsAndRepeatedTextsAreTold() throws IOException {
    String csv =
        """
        text,label,split
        a,good,train
        b,Good ,train
        c,NaN,train
        d,bad,train
        a ,good,test
        e,bad,test
        """;
    List<String> notes = Datasets.open(file("x.csv", csv), DEFAULTS).notes();
    assertEquals(3, notes.size(), notes.toString());
    assertTrue(notes.get(0).contains("'Good ', 'good' differ only in case"), notes.get(0));
    assertTrue(notes.get(1).contains("1 samples have the label 'NaN'"), notes.get(1));
    assertTrue(notes.get(2).contains("1 of 2 test texts are train texts"), notes.get(2));
    assertEquals(List.of(), Datasets.open(file("y.csv", GOOD), DEFAULTS).notes());
  }

  @Test
  void filesThatAreNoLinesAreToldHowToBeGiven() throws IOException {
    Failures.usage(() -> Datasets.requireLines(Path.of("a.csv")), "give --dataset csv:a.csv");
    Failures.usage(() -> Datasets.requireLines(Path.of("a.CSV.gz")), "--dataset csv:a.CSV.gz");
    Failures.usage(() -> Datasets.requireLines(Path.of("a.png")), "an image", "imagefolder:DIR");
    Failures.usage(() -> Datasets.requireLines(Path.of("a.json")), "one JSON value", "jsonl:FILE");
    Failures.usage(() -> Datasets.requireLines(folder), "is a folder", "imagefolder:" + folder);
    Datasets.requireLines(Path.of("a.txt"));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
