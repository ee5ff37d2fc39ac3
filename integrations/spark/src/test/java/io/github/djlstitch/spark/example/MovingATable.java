// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark.example;

import static org.apache.spark.sql.functions.col;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.VectorBridge;
import io.github.djlstitch.spark.EncoderSource;
import io.github.djlstitch.spark.SparkStitch;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table of texts that bge-small embedded moves into MiniLM's space, and only some of its texts
 * are read again: 500 rows that both encoders have read make the bridge.
 *
 * <pre>spark-submit --packages ... --class MovingATable YOUR.jar TEXTS VECTORS MOVED</pre>
 */
public final class MovingATable {
  private static final int READ_BY_BOTH = 500;

  private MovingATable() {}

  /**
   * Parquet in, Parquet out.
   *
   * @param args texts with the columns id and text; where to keep the old vectors; where the new
   */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      run(spark, EncoderSource.of("bge-small"), EncoderSource.of("minilm"), args, System.out);
    }
  }

  /** The same with other encoders and another place for what it tells. */
  public static void run(
      SparkSession spark, EncoderSource old, EncoderSource fresh, String[] args, PrintStream out) {
    Dataset<Row> texts = spark.read().parquet(args[0]);
    write(SparkStitch.encode(texts, old, "text", "vector"), args[1]);
    Dataset<Row> stored = spark.read().parquet(args[1]);
    stored
        .groupBy("vector_error")
        .count()
        .orderBy("count")
        .collectAsList()
        .forEach(row -> out.printf("%d rows: %s%n", row.getLong(1), error(row)));

    Dataset<Row> usable = stored.where("vector is not null").drop("vector_error");
    Dataset<Row> some = usable.orderBy("id").limit(READ_BY_BOTH);
    List<Row> both = SparkStitch.encode(some, fresh, "text", "fresh").collectAsList();
    FloatMatrix known = SparkStitch.vectors(both, "vector"); // (500, 384)
    Dataset<Row> checked = SparkStitch.check(usable, known, "vector", "far");
    boolean foreign = SparkStitch.finding(checked, known, "far").foreign();
    out.printf("another encoder's vectors among them: %s%n", foreign ? "yes" : "no");

    VectorBridge bridge = BridgeMethod.PROCRUSTES.fit(known, SparkStitch.vectors(both, "fresh"));
    write(SparkStitch.translate(usable, bridge, "vector", "moved"), args[2]);

    Dataset<Row> moved = spark.read().parquet(args[2]).drop("moved_error");
    out.printf("%d rows moved%n", moved.count());
    Dataset<Row> last = moved.orderBy(col("id").desc()).limit(100);
    List<Row> again = SparkStitch.encode(last, fresh, "text", "own").collectAsList();
    double cosine = cosine(SparkStitch.vectors(again, "moved"), SparkStitch.vectors(again, "own"));
    out.printf("cosine to what MiniLM makes of the last 100 texts: %.2f%n", cosine);
  }

  private static void write(Dataset<Row> rows, String place) {
    rows.write().option("parquet.enable.dictionary", false).parquet(place); // numbers do not repeat
  }

  private static String error(Row row) {
    return row.isNullAt(0) ? "embedded" : row.getString(0);
  }

  // Encoders of sentences give vectors of length 1, and so do bridges between them.
  private static double cosine(FloatMatrix some, FloatMatrix others) {
    double sum = 0;
    for (int i = 0; i < some.rows(); i++) {
      for (int j = 0; j < some.columns(); j++) {
        sum += some.get(i, j) * others.get(i, j);
      }
    }
    return sum / some.rows();
  }
}
