// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark in the process of a test: two cores, a failed task tried twice, files in one folder. */
final class LocalSpark {
  private LocalSpark() {}

  static SparkSession start(Path folder) {
    return SparkSession.builder()
        .master("local[2,2]")
        .appName("test")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.local.dir", folder.resolve("spark").toString())
        .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
        .getOrCreate();
  }

  /** A table of texts with their numbers. */
  static Dataset<Row> texts(SparkSession spark, List<String> texts) {
    List<Row> rows =
        IntStream.range(0, texts.size()).mapToObj(i -> RowFactory.create(i, texts.get(i))).toList();
    return spark.createDataFrame(
        rows,
        new StructType().add("id", DataTypes.IntegerType).add("a.text", DataTypes.StringType));
  }

  /** A table of vectors with their numbers. */
  static Dataset<Row> vectors(SparkSession spark, List<float[]> vectors) {
    List<Row> rows =
        IntStream.range(0, vectors.size())
            .mapToObj(i -> RowFactory.create(i, vectors.get(i)))
            .toList();
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("vector", DataTypes.createArrayType(DataTypes.FloatType)));
  }

  /** A row's vector. */
  static float[] floats(Row row, String column) {
    return SparkStitch.vectors(List.of(row), column).row(0);
  }
}
