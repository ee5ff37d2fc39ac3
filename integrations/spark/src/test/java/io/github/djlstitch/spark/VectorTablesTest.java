// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import static io.github.djlstitch.spark.LocalSpark.floats;
import static io.github.djlstitch.spark.TextTablesTest.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.ForeignVectors;
import io.github.djlstitch.core.migrate.QueryAdapter;
import io.github.djlstitch.core.migrate.VectorBridge;
import io.github.djlstitch.core.migrate.VectorPopulation;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorTablesTest {
  private static final int WIDTH = 24;
  private static final FloatMatrix OLD = gaussian(1, 5000, WIDTH);
  private static final FloatMatrix NEW = gaussian(2, 300, 16);
  private static final VectorBridge BRIDGE = BridgeMethod.PROCRUSTES.fit(OLD.rowRange(0, 300), NEW);
  @TempDir static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start(folder);
  }

  @AfterAll
  static void stop() {
    spark.stop();
    assertEquals(0, ExecutorModels.count());
  }

  private static FloatMatrix gaussian(long seed, int rows, int columns) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() + (i % columns < 3 ? 1 : 0);
    }
    return FloatMatrix.wrap(rows, columns, values);
  }

  private static Dataset<Row> table(FloatMatrix vectors) {
    return LocalSpark.vectors(
        spark, IntStream.range(0, vectors.rows()).mapToObj(vectors::row).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void vectorsAreCarriedOverAsInOneProcessInAnyPartitioning(int partitions) {
    FloatMatrix expected = BRIDGE.apply(OLD);
    String file = folder.resolve("new" + partitions).toString();
    Dataset<Row> old = table(OLD).repartition(partitions);
    SparkStitch.translate(old, BRIDGE, "vector", "fresh").write().parquet(file);
    Dataset<Row> found = spark.read().parquet(file);
    assertEquals(List.of("id", "fresh", "fresh_error"), List.of(found.columns()));
    List<Row> rows = found.collectAsList();
    assertEquals(OLD.rows(), rows.size());
    for (Row row : rows) {
      assertArrayEquals(expected.row(row.getAs("id")), floats(row, "fresh"));
    }
  }

  @Test
  void twoCardsAreAWay() {
    List<String> ids = IntStream.range(0, 300).mapToObj(i -> "s" + i).toList();
    var anchors = new Anchors(ids.subList(0, 40), "first", 0);
    SpaceCard from = card(OLD.rowRange(0, 300), anchors);
    SpaceCard to = card(NEW, anchors);
    FloatMatrix expected = QueryAdapter.between(from, to).apply(OLD.rowRange(0, 100));
    List<Row> rows =
        SparkStitch.translate(table(OLD.rowRange(0, 100)), from, to, "vector", "fresh")
            .collectAsList();
    for (Row row : rows) {
      assertArrayEquals(expected.row(row.getAs("id")), floats(row, "fresh"), 1e-5f);
    }
    var others = new Anchors(ids.subList(1, 41), "first", 0);
    refused(
        "make both with the same anchors",
        () ->
            SparkStitch.translate(
                table(OLD), card(OLD.rowRange(0, 300), others), to, "vector", "f"));
  }

  private static SpaceCard card(FloatMatrix vectors, Anchors anchors) {
    int[] rows = IntStream.range(0, anchors.count()).toArray();
    var space = new AnchoredSpace(vectors.select(rows), vectors);
    var codec = CodecSpec.Parseval.defaults().fit(space);
    return new SpaceCard(codec, anchors, new Provenance("e", "", "d", "", "all", "test"));
  }

  @Test
  void vectorsThatAreNoneAreKeptAndSaySo() {
    float[] good = OLD.row(7);
    float[] infinite = good.clone();
    infinite[3] = Float.NEGATIVE_INFINITY;
    float[] unknown = good.clone();
    unknown[3] = Float.NaN;
    List<float[]> vectors =
        Arrays.asList(good, null, infinite, unknown, new float[WIDTH], new float[] {1, 2});
    Dataset<Row> rows = LocalSpark.vectors(spark, vectors);
    List<String> expected =
        Arrays.asList(
            null,
            "no vector",
            "a value that is not finite",
            "a value that is not finite",
            "a vector of zeros, which has no direction",
            "a vector of width 2, expected 24");
    List<Row> found =
        SparkStitch.translate(rows, BRIDGE, "vector", "fresh").orderBy("id").collectAsList();
    assertEquals(expected, errors(found, "fresh_error"));
    assertArrayEquals(BRIDGE.apply(OLD).row(7), floats(found.get(0), "fresh"));
    Dataset<Row> checked = SparkStitch.check(rows, OLD.rowRange(0, 1000), "vector", "far");
    assertEquals(expected, errors(checked.orderBy("id").collectAsList(), "far_error"));
    var finding = SparkStitch.finding(checked, OLD.rowRange(0, 1000), "far");
    assertEquals(List.of(1L, 5L), List.of(finding.rows(), finding.unusable()));
  }

  private static List<String> errors(List<Row> rows, String column) {
    List<String> errors = new ArrayList<>();
    rows.forEach(row -> errors.add(row.getAs(column)));
    return errors;
  }

  @Test
  void aNullAmongTheValuesIsNoZero() {
    Dataset<Row> rows =
        spark.sql(
            "select 1 as id, transform(sequence(1, 24), i -> if(i = 5, null, float(i))) as vector"
                + " union all select 2, transform(sequence(1, 24), i -> float(i))");
    List<Row> found =
        SparkStitch.translate(rows, BRIDGE, "vector", "fresh").orderBy("id").collectAsList();
    assertEquals(Arrays.asList("a null among the values", null), errors(found, "fresh_error"));
    assertNull(found.get(0).getAs("fresh"));
  }

  @Test
  void doublesAreRead() {
    Dataset<Row> doubles =
        table(OLD.rowRange(0, 50))
            .withColumn("vector", functions.col("vector").cast("array<double>"));
    FloatMatrix expected = BRIDGE.apply(OLD);
    SparkStitch.translate(doubles, BRIDGE, "vector", "fresh")
        .collectAsList()
        .forEach(row -> assertArrayEquals(expected.row(row.getAs("id")), floats(row, "fresh")));
  }

  @Test
  void vectorsOfSomethingElseAreFound() {
    FloatMatrix known = OLD.rowRange(0, 1000);
    FloatMatrix own = OLD.rowRange(1000, 4000);
    var expected = ForeignVectors.countedBy(VectorPopulation.of(known));
    expected.add(own);
    Dataset<Row> clean = SparkStitch.check(table(own).repartition(3), known, "vector", "far");
    assertEquals(List.of("id", "far", "far_error"), List.of(clean.columns()));
    assertEquals(expected.finding(), SparkStitch.finding(clean, known, "far"));
    assertFalse(expected.finding().foreign());

    FloatMatrix strange = gaussian(9, 300, WIDTH);
    float[] turned = strange.toArray();
    for (int i = 0; i < turned.length; i++) {
      turned[i] = i % WIDTH < 3 ? -turned[i] : turned[i];
    }
    FloatMatrix mixed =
        FloatMatrix.concatRows(own, FloatMatrix.wrap(strange.rows(), WIDTH, turned));
    expected.add(FloatMatrix.wrap(strange.rows(), WIDTH, turned));
    Dataset<Row> checked = SparkStitch.check(table(mixed), known, "vector", "far");
    assertEquals(expected.finding(), SparkStitch.finding(checked, known, "far"));
    assertTrue(expected.finding().foreign());
  }

  @Test
  void mistakesAreToldBeforeAnyWork() {
    Dataset<Row> rows = table(OLD.rowRange(0, 10));
    refused(
        "column 'vector' has vectors of width 24; expected 16",
        () ->
            SparkStitch.translate(rows, BridgeMethod.PROCRUSTES.fit(NEW, NEW), "vector", "fresh"));
    refused(
        "column 'id' is of type int; expected array<float>",
        () -> SparkStitch.translate(rows, BRIDGE, "id", "fresh"));
    refused(
        "there is no column 'vectr'", () -> SparkStitch.translate(rows, BRIDGE, "vectr", "fresh"));
    refused(
        "nothing but the column 'vector'",
        () -> SparkStitch.translate(rows.select("vector"), BRIDGE, "vector", "fresh"));
    refused("has a column 'id' already", () -> SparkStitch.translate(rows, BRIDGE, "vector", "id"));
    refused("100", () -> SparkStitch.check(rows, OLD.rowRange(0, 99), "vector", "far"));
  }
}
