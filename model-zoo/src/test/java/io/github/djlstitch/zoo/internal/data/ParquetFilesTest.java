// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParquetFilesTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();
  private static final DatasetOptions FINE = columns(Map.of("label", "fine_label"));

  @TempDir Path folder;

  private static DatasetOptions columns(Map<String, String> columns) {
    return DEFAULTS.withColumns(columns);
  }

  private LabelledData open(String file, DatasetOptions options) {
    return Datasets.open("parquet:" + folder.resolve(file), options);
  }

  /** Writes what a query gives. */
  private Path write(String file, String select) throws SQLException, IOException {
    Path target = folder.resolve(file);
    Files.createDirectories(target.getParent());
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY ("
              + select
              + ") TO '"
              + target.toString().replace("'", "''")
              + "' (FORMAT parquet)");
    }
    return target;
  }

  private static void refused(Path file, DatasetOptions options, String... parts) {
    Failures.badInput(() -> Datasets.open("parquet:" + file, options), parts);
  }

  @Test
  void readsWhatPyArrowWrote() throws IOException {
    Resources.copy("parquet/cifar100-train.parquet", folder.resolve("c/train-0.parquet"));
    Resources.copy("parquet/cifar100-test.parquet", folder.resolve("c/test-0.parquet"));
    Dataset<ImageSource> fine = open("c", FINE).requireImages();
    assertEquals(List.of("apple", "ray", "shark"), fine.classes());
    assertEquals(List.of(2, 0, 1, 0, 2), fine.train().stream().map(Sample::label).toList());
    assertEquals("train-3", fine.train().get(2).id());
    var image = fine.train().get(2).input().decode();
    assertArrayEquals(new byte[] {3, 1, 7, 0, 0, 0}, image.pixels());
    assertTrue(fine.test().get(0).input().name().contains("test-0.parquet row 1"));
    var coarse = open("c", columns(Map.of("label", "coarse_label"))).requireImages();
    assertEquals(List.of("fish", "fruit"), coarse.classes());
  }

  @Test
  void readsTextsAndDividesThem() throws Exception {
    String select = "SELECT 'text ' || i AS text, i % 12 AS label FROM range(120) r(i)";
    Path file = write("a[1] 'x'*.parquet", select);
    var data = Datasets.open("parquet:" + file, DEFAULTS).requireTexts();
    assertEquals(96, data.train().size());
    assertEquals(24, data.test().size());
    assertEquals("10", data.classes().get(10));
    assertEquals("2", data.classes().get(2));
  }

  @Test
  void readsPairsWithSplitAndId() throws Exception {
    String select =
        "SELECT 'text ' || i AS words, 'abc'::BLOB AS picture, CASE WHEN i % 2 = 0 THEN 'b' ELSE 'a'"
            + " END AS kind, CASE WHEN i < 4 THEN 'train' ELSE 'test' END AS split, i + 100 AS n"
            + " FROM range(6) r(i)";
    write("a.parquet", select);
    var names = Map.of("text", "words", "image", "picture", "label", "kind", "id", "n");
    LabelledData data = open("a.parquet", columns(names));
    assertEquals(List.of("a", "b"), data.classes());
    assertEquals(new Sample<>("101", "text 1", 0), data.requireTexts().train().get(1));
    assertEquals("104", data.requireImages().test().get(0).id());
  }

  @Test
  void foldersAndNamesSayTheSplit() throws Exception {
    String select = "SELECT 'x' || i AS text, i % 2 AS label FROM range(4) r(i)";
    write("a/train/0000.parquet", select);
    write("a/train/0001.parquet", select);
    write("a/test/0000.parquet", select);
    write("a/validation/0000.parquet", select);
    LabelledData data = open("a", DEFAULTS);
    assertEquals(8, data.requireTexts().train().size());
    assertEquals("train-8", data.requireTexts().train().get(7).id());
    assertEquals(4, data.requireTexts().test().size());
    assertEquals(1, data.notes().size());
    write("a/0000.parquet", select);
    refused(folder.resolve("a"), DEFAULTS, "'0000.parquet'", "neither train nor test");
  }

  @Test
  void refusesMissingColumnsAndWrongTypes() throws Exception {
    Path file = write("a.parquet", "SELECT 'a' AS txt, 1.5 AS label, 7 AS text");
    refused(file, columns(Map.of("text", "tixt")), "'tixt'", "did you mean 'txt'?", "a.parquet");
    refused(file, DEFAULTS, "column 'text' cannot hold the text", "INTEGER");
    refused(file, columns(Map.of("text", "txt")), "column 'label' cannot hold the label");
    refused(file, columns(Map.of("image", "txt")), "cannot hold the");
    refused(write("b.parquet", "SELECT 'a' AS text, 1 AS lable"), DEFAULTS, "mean 'lable'?");
    refused(
        write("c.parquet", "SELECT 'a' AS t, 1 AS label"), DEFAULTS, "expected a column 'text'");
  }

  @Test
  void refusesNullsAndBlankTexts() throws Exception {
    String rows = " FROM (VALUES ('a', 'x'), (%s)) t(text, label)";
    refused(
        write("a.parquet", "SELECT *" + rows.formatted("NULL, 'y'")), DEFAULTS, "row 2", "text is");
    refused(
        write("b.parquet", "SELECT *" + rows.formatted("'b', NULL")), DEFAULTS, "label is null");
    refused(
        write("c.parquet", "SELECT *" + rows.formatted("' ', 'y'")), DEFAULTS, "row 2", "empty");
    String image = "SELECT {'bytes': NULL::BLOB, 'path': 'a.png'} AS image, 1 AS label";
    refused(write("d.parquet", image), DEFAULTS, "row 1", "image is null", "inside the file");
  }

  @Test
  void refusesLabelsWithoutAName() throws IOException {
    Path train = folder.resolve("train.parquet");
    Resources.copy("parquet/trec-train.parquet", train);
    var reader =
        new ParquetFiles(
            Map.of("label", "coarse_label"), List.of("ABBR", "ENTY", "DESC", "HUM"), t -> t);
    var request =
        new DatasetRequest(
            "trec",
            "",
            DEFAULTS,
            () -> {
              throw new AssertionError();
            });
    Failures.badInput(
        () -> reader.open(request, Map.of(Part.TRAIN, List.of(train))),
        "train.parquet' row 2",
        "'coarse_label' is '4'",
        "4 classes");
  }

  @Test
  void refusesWhatIsNoParquetFile() throws Exception {
    Path file = folder.resolve("a.parquet");
    refused(file, DEFAULTS, "does not exist");
    refused(folder, DEFAULTS, "holds no file *.parquet");
    for (String content : List.of("", "PAR1", "text,label\na,b\n", "PAR1 something PARE")) {
      Files.writeString(file, content);
      refused(file, DEFAULTS, "a.parquet", "PAR1");
    }
    Files.writeString(file, "PAR1 something PAR1");
    refused(file, DEFAULTS, "a.parquet", "not a readable Parquet file");
  }

  /** Every change of a byte ends in a data set or in one line. */
  @Test
  void noBytesCrashTheReader() throws IOException {
    Path file = folder.resolve("a.parquet");
    Resources.copy("parquet/cifar100-test.parquet", file);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i += 151) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      Files.write(file, changed);
      Failures.badInputOrNothing(() -> Datasets.open("parquet:" + file, FINE), "a.parquet");
      Files.write(file, Arrays.copyOf(whole, i));
      refused(file, FINE, "a.parquet");
    }
  }
}
