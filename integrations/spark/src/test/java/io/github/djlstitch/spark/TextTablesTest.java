// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

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
import io.github.djlstitch.zoo.HeadJob;
import io.github.djlstitch.zoo.StitchedClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      assertArrayEquals(expected.row(id), LocalSpark.floats(row, "vector"));
      assertNull(row.getAs("vector_error"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void labelsAreThoseOfOneProcessInAnyPartitioning(int partitions) {
    FloatMatrix expected;
    try (var classifier =
        StitchedClassifier.ofTexts(minilm.zoo(), "minilm", head, Optional.empty())) {
      expected = classifier.probabilities(TEXTS); // (N, C)
    }
    Dataset<Row> texts = LocalSpark.texts(spark, TEXTS).repartition(partitions);
    List<Row> rows = SparkStitch.predict(texts, minilm, head, "a.text", "kind").collectAsList();
    assertEquals(TEXTS.size(), rows.size());
    for (Row row : rows) {
      int id = row.getAs("id");
      assertEquals(id % 2 == 0 ? "animal" : "vehicle", row.getAs("kind"));
      double probability = row.getAs("kind_probability");
      assertEquals(expected.get(id, id % 2), probability, 1e-6);
      assertNull(row.getAs("kind_error"));
    }
  }

  @Test
  void probabilitiesDependOnNothingButTheText() {
    Dataset<Row> texts = LocalSpark.texts(spark, TEXTS);
    List<List<Row>> both =
        IntStream.of(1, 5)
            .mapToObj(
                n -> SparkStitch.predict(texts.repartition(n), minilm, head, "a.text", "kind"))
            .map(found -> found.orderBy("id").collectAsList())
            .toList();
    assertEquals(both.get(0), both.get(1));
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
