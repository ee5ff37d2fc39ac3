// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import static io.github.djlstitch.spark.LocalSpark.floats;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.spark.example.MovingATable;
import io.github.djlstitch.zoo.HeadJob;
import io.github.djlstitch.zoo.StitchedClassifier;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextTablesTest {
  private static final List<String> TEXTS =
      IntStream.range(0, 100)
          .mapToObj(i -> (i % 2 == 0 ? "some cats" : "many ships") + " today".repeat(i * 7 % 13))
          .toList();
  @TempDir static Path folder;
  private static SparkSession spark;
  private static EncoderSource minilm;
  private static ClassifierHead head;

  @BeforeAll
  static void start() throws IOException {
    spark = LocalSpark.start(folder);
    minilm = EncoderSource.of("minilm").withCache(folder.resolve("cache").toString());
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> i + (i % 2 == 0 ? " cats,animal" : " ships,vehicle"))
            .collect(Collectors.joining("\n", "text,label\n", "\n"));
    Path data = Files.writeString(folder.resolve("pets.csv"), rows);
    head = HeadJob.of("bge-small", "csv:" + data, 20).run(minilm.zoo());
  }

  @AfterAll
  static void stop() {
    assertTrue(ExecutorModels.count() > 0);
    spark.stop();
    assertEquals(0, ExecutorModels.count(), "what an executor has open is closed with it");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void textsHaveTheVectorsOfOneProcessInAnyPartitioning(int partitions) {
    FloatMatrix expected;
    try (var encoder = (TextEncoder) minilm.zoo().encoder("minilm")) {
      expected = encoder.independent().encode(TEXTS); // (N, D)
    }
    Dataset<Row> texts = LocalSpark.texts(spark, TEXTS).repartition(partitions);
    String file = folder.resolve("vectors" + partitions).toString();
    SparkStitch.encode(texts, minilm, "a.text", "vector").write().parquet(file);
    List<Row> rows = spark.read().parquet(file).collectAsList();
    assertEquals(TEXTS.size(), rows.size());
    for (Row row : rows) {
      int id = row.getAs("id");
      assertEquals(TEXTS.get(id), row.getAs("a.text"));
      assertArrayEquals(expected.row(id), floats(row, "vector"));
      assertNull(row.getAs("vector_error"));
    }
  }

  @Test
  void labelsAreThoseOfOneProcessInAnyPartitioning() {
    FloatMatrix expected;
    try (var classifier =
        StitchedClassifier.ofTexts(minilm.zoo(), "minilm", head, Optional.empty())) {
      expected = classifier.probabilities(TEXTS); // (N, C)
    }
    List<Row> rows = labels(1);
    assertEquals(TEXTS.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(i % 2 == 0 ? "animal" : "vehicle", rows.get(i).getAs("kind"));
      double probability = rows.get(i).getAs("kind_probability");
      assertEquals(expected.get(i, i % 2), probability, 1e-6);
      assertNull(rows.get(i).getAs("kind_error"));
    }
    assertEquals(rows, labels(5), "bit for bit");
  }

  private static List<Row> labels(int partitions) {
    Dataset<Row> texts = LocalSpark.texts(spark, TEXTS).repartition(partitions);
    return SparkStitch.predict(texts, minilm, head, "a.text", "kind").orderBy("id").collectAsList();
  }

  @Test
  void aRowWithoutTextIsKeptAndSaysSo() {
    Dataset<Row> texts = LocalSpark.texts(spark, Arrays.asList("a cat", null, "", " \t", "a ship"));
    Dataset<Row> encoded = SparkStitch.encode(texts, minilm, "a.text", "vector").orderBy("id");
    List<Row> rows = encoded.collectAsList();
    assertEquals(5, rows.size());
    for (int i = 0; i < 5; i++) {
      boolean has = i == 0 || i == 4;
      assertEquals(has, !rows.get(i).isNullAt(rows.get(i).fieldIndex("vector")));
      assertEquals(has ? null : "no text", rows.get(i).getAs("vector_error"));
    }
    assertEquals(
        3,
        encoded
            .groupBy("vector_error")
            .count()
            .where("vector_error = 'no text'")
            .first()
            .<Long>getAs("count"));
    List<Row> labels =
        SparkStitch.predict(texts, minilm, head, "a.text", "kind").orderBy("id").collectAsList();
    assertEquals(
        Arrays.asList("animal", null, null, null, "vehicle"),
        labels.stream().map(row -> row.<String>getAs("kind")).toList());
    assertEquals("no text", labels.get(1).getAs("kind_error"));
  }

  @Test
  void aTaskThatIsTriedAgainLeavesNoDoubles() {
    Dataset<Row> texts = LocalSpark.texts(spark, TEXTS).repartition(2);
    MapPartitionsFunction<Row, Row> dying = TextTablesTest::failFirst;
    Dataset<Row> once = texts.mapPartitions(dying, Encoders.row(texts.schema()));
    String file = folder.resolve("again").toString();
    SparkStitch.encode(once, minilm, "a.text", "vector").write().parquet(file);
    Dataset<Row> found = spark.read().parquet(file);
    assertEquals(TEXTS.size(), found.count());
    assertEquals(TEXTS.size(), found.select("id").distinct().count());
  }

  // Dies at its last row, when most of the others have been encoded.
  private static Iterator<Row> failFirst(Iterator<Row> rows) {
    boolean first = TaskContext.get().attemptNumber() == 0;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        if (first && !rows.hasNext()) {
          throw new IllegalStateException("killed");
        }
        return row;
      }
    };
  }

  @Test
  void anExecutorOpensAnEncoderOnceForAllItsTasks() {
    Dataset<Row> texts = LocalSpark.texts(spark, TEXTS).repartition(6);
    EncoderSource queries =
        EncoderSource.of("e5-small")
            .withCache(folder.resolve("cache").toString())
            .inRole(Role.QUERY);
    int before = ExecutorModels.count();
    assertEquals(
        100, SparkStitch.encode(texts, queries, "a.text", "v").where("v is not null").count());
    assertEquals(before + 1, ExecutorModels.count());
  }

  @Test
  void libTorchHasTheCoresOfATaskUnlessToldOtherwise() {
    String threads = "ai.djl.pytorch.num_threads";
    String before = System.getProperty(threads, "1");
    try {
      System.setProperty(threads, "7");
      TaskCores.prepare();
      assertEquals("7", System.getProperty(threads));
      System.clearProperty(threads);
      TaskCores.prepare();
      assertEquals("1", System.getProperty(threads));
    } finally {
      System.setProperty(threads, before);
    }
  }

  @Test
  void theExampleMovesATable() {
    var some = DatasetOptions.defaults().withSplitSize(new SplitSize(700, 25));
    List<String> glosses = new ArrayList<>();
    minilm
        .zoo()
        .dataset("wordnet", some)
        .requireTexts()
        .train()
        .forEach(s -> glosses.add(s.input()));
    glosses.set(600, " ");
    String texts = folder.resolve("glosses").toString();
    LocalSpark.texts(spark, glosses).withColumnRenamed("a.text", "text").write().parquet(texts);
    EncoderSource bge = EncoderSource.of("bge-small").withCache(folder.resolve("cache").toString());
    String[] places = {texts, folder.resolve("old").toString(), folder.resolve("moved").toString()};
    var out = new ByteArrayOutputStream();
    MovingATable.run(
        spark, bge, minilm, places, new PrintStream(out, true, StandardCharsets.UTF_8));
    String told = out.toString(StandardCharsets.UTF_8);
    List<String> lines = told.lines().toList();
    assertEquals("1 rows: no text", lines.get(0), told);
    assertEquals(glosses.size() - 1 + " rows: embedded", lines.get(1), told);
    assertEquals("another encoder's vectors among them: no", lines.get(2), told);
    assertEquals(glosses.size() - 1 + " rows moved", lines.get(3), told);
    double cosine = Double.parseDouble(lines.get(4).replaceFirst(".*: ", ""));
    assertTrue(cosine > .5, told); // of unrelated texts about 0
  }

  @Test
  void mistakesAreToldBeforeAnyWork() {
    Dataset<Row> texts = LocalSpark.texts(spark, List.of("a"));
    refused(
        "no encoder 'minlm'",
        () -> SparkStitch.encode(texts, EncoderSource.of("minlm"), "a.text", "v"));
    refused("there is no column 'a_text'", () -> SparkStitch.encode(texts, minilm, "a_text", "v"));
    refused(
        "column 'id' is of type int; expected string",
        () -> SparkStitch.encode(texts, minilm, "id", "v"));
    refused(
        "the table has a column 'id' already; give the result another name",
        () -> SparkStitch.encode(texts, minilm, "a.text", "ID"));
    refused(
        "the table has a column 'id' already",
        () -> SparkStitch.predict(texts, minilm, head, "a.text", "id"));
  }

  @Test
  void aTableThatCannotBeReadLeavesNothingHalf() throws IOException {
    Path source = folder.resolve("damaged");
    LocalSpark.texts(spark, TEXTS).repartition(2).write().parquet(source.toString());
    try (var parts = Files.list(source)) {
      Path part = parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 200));
      Files.deleteIfExists(source.resolve("." + part.getFileName() + ".crc"));
    }
    Path target = folder.resolve("target");
    Dataset<Row> rows = spark.read().schema("id int, `a.text` string").parquet(source.toString());
    Dataset<Row> encoded = SparkStitch.encode(rows, minilm, "a.text", "vector");
    assertThrows(Exception.class, () -> encoded.write().parquet(target.toString()));
    assertFalse(Files.exists(target.resolve("_SUCCESS")));
    try (var left = Files.walk(target)) {
      assertEquals(List.of(), left.filter(p -> p.toString().endsWith(".parquet")).toList());
    }
  }

  static void refused(String message, Executable work) {
    String found = assertThrows(StitchException.class, work).getMessage();
    assertTrue(found.contains(message), found);
    assertFalse(found.contains("\n"), found);
  }
}
