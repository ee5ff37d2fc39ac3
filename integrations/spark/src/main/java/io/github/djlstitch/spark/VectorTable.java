// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Tables with a column of vectors, as pairs of a row's other columns and its vector. */
final class VectorTable {
  private static final String OTHERS = "_1";
  private static final String CELL = "_2";
  private static final String VALUES = "values";
  private static final String ERROR = "error";

  private VectorTable() {}

  /** Tells Spark the form of the pairs. */
  static Encoder<Tuple2<Row, VectorCell>> encoder(StructType others) {
    return Encoders.tuple(Encoders.row(others), Encoders.bean(VectorCell.class));
  }

  /** The columns beside the vectors. */
  static StructType others(Dataset<Row> rows, String vectors) {
    Dataset<Row> rest = rows.drop(Columns.named(rows, vectors));
    if (rest.columns().length == 0) {
      throw StitchException.usage(
          "the table has nothing but the column '%s'; rows of Spark have no order, keep an id",
          vectors);
    }
    return rest.schema();
  }

  /**
   * Reads the pairs. What cannot be a vector, since it is null or has a null in it, says so.
   *
   * @param width of the vectors; told before any work if the first one has another
   */
  static Dataset<Tuple2<Row, VectorCell>> read(Dataset<Row> rows, String vectors, int width) {
    boolean nulls = Columns.mayHaveNulls(rows, vectors);
    Column vector = Columns.named(rows, vectors);
    StructType others = others(rows, vectors);
    requireWidth(rows, vectors, width);
    Column error = when(vector.isNull(), lit("no vector"));
    if (nulls) {
      // Null if a null is among the values, found in one fast pass; null values would read as 0.
      Column nan = array_contains(vector, lit(Float.NaN).cast(elements(rows, vectors)));
      error = error.when(nan.isNull(), lit("a null among the values"));
    }
    Column[] kept =
        Arrays.stream(others.fieldNames())
            .map(name -> Columns.named(rows, name))
            .toArray(Column[]::new);
    Column values = when(error.isNull(), vector.cast("array<float>"));
    return rows.select(struct(kept).as(OTHERS), struct(error.as(ERROR), values.as(VALUES)).as(CELL))
        .as(encoder(others));
  }

  private static String elements(Dataset<Row> rows, String vectors) {
    String type = rows.schema().apply(vectors).dataType().simpleString();
    return type.substring(type.indexOf('<') + 1, type.length() - 1);
  }

  private static void requireWidth(Dataset<Row> rows, String vectors, int width) {
    Column size = functions.size(Columns.named(rows, vectors));
    List<Row> first = rows.select(size).where(size.gt(0)).limit(1).collectAsList();
    if (!first.isEmpty() && first.get(0).getInt(0) != width) {
      throw StitchException.badInput(
          "column '%s' has vectors of width %d; expected %d, is it made for this encoder?",
          vectors, first.get(0).getInt(0), width);
    }
  }

  /** Writes the pairs as a table: the other columns, the vectors, and why a row has none. */
  static Dataset<Row> write(
      Dataset<Tuple2<Row, VectorCell>> pairs, StructType others, String vectors) {
    List<Column> columns = new ArrayList<>();
    for (String name : others.fieldNames()) {
      columns.add(functions.col(OTHERS + ".`" + name.replace("`", "``") + '`').as(name));
    }
    columns.add(functions.col(CELL + '.' + VALUES).as(vectors));
    columns.add(functions.col(CELL + '.' + ERROR).as(Columns.error(vectors)));
    return pairs.select(columns.toArray(Column[]::new));
  }

  /**
   * Computes a block of pairs.
   *
   * @param operation vectors (ROWS, D) to (ROWS, E), each row for itself
   * @param result what becomes of a row's other columns and its row of the result, or the reason
   *     why it has none
   */
  static <O> List<O> map(
      List<Tuple2<Row, VectorCell>> block,
      int width,
      Function<FloatMatrix, FloatMatrix> operation,
      BiFunction<Row, VectorCell, O> result) {
    float[][] usable =
        block.stream()
            .map(pair -> pair._2())
            .filter(cell -> cell.problem(width) == null)
            .map(VectorCell::getValues)
            .toArray(float[][]::new);
    FloatMatrix found = FixedBlocks.apply(usable, operation); // (B, E)
    List<O> out = new ArrayList<>();
    int next = 0;
    for (Tuple2<Row, VectorCell> pair : block) {
      @Nullable String problem = pair._2().problem(width);
      VectorCell cell =
          problem == null ? VectorCell.of(found.row(next++)) : VectorCell.without(problem);
      out.add(result.apply(pair._1(), cell));
    }
    return out;
  }
}
