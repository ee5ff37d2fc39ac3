// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.ForeignVectors;
import io.github.djlstitch.core.migrate.MergedSearch;
import io.github.djlstitch.core.migrate.VectorBridge;
import io.github.djlstitch.core.migrate.VectorPopulation;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Encodes, classifies, carries over and checks tables of Spark. Nothing is computed before the
 * result is asked for, apart from what tells mistakes early. Each row's result is the same bit for
 * bit however rows are spread over partitions, on machines with processors of one kind; so a task
 * that is tried again gives what the first try would have given.
 *
 * <p>A row without a result is not left out: its result is null, and the column {@code
 * RESULT_error} says why, so that {@code result.groupBy("vector_error").count()} tells how many
 * there are of each kind. Accumulators would count the rows of repeated tasks twice.
 *
 * <p>Encoders are opened once for each executor and kept until it ends. A task computes on as many
 * threads as it has cores ({@code spark.task.cpus}).
 */
public final class SparkStitch {
  private SparkStitch() {}

  /**
   * Encodes texts.
   *
   * @param text column of strings; null and blank ones have no vector
   * @param vector new column, array of float
   * @return all columns of the rows, and the new one
   * @throws StitchException (bad input) if there is no such column of strings; (usage) if there is
   *     no such encoder, or the table has the new column already
   */
  public static Dataset<Row> encode(
      Dataset<Row> rows, EncoderSource encoder, String text, String vector) {
    Columns.requireNew(rows.schema(), vector, Columns.error(vector));
    var work = new EncodePartition(encoder, Columns.text(rows, text));
    encoder.zoo().require(encoder.name());
    ExecutorModels.closeWith(rows.sparkSession().sparkContext());
    StructType kept = rows.schema();
    return VectorTable.write(rows.mapPartitions(work, VectorTable.encoder(kept)), kept, vector);
  }

  /**
   * Classifies texts by an encoder and the head of another one.
   *
   * @param head that stands alone, as {@code stitch train} saves it
   * @param text column of strings; null and blank ones have no label
   * @param label new column, string: the most probable class; {@code LABEL_probability} has its
   *     probability
   * @return all columns of the rows, and the new ones
   * @throws StitchException as {@link #encode}
   */
  public static Dataset<Row> predict(
      Dataset<Row> rows, EncoderSource encoder, ClassifierHead head, String text, String label) {
    String probability = label + "_probability";
    Columns.requireNew(rows.schema(), label, probability, Columns.error(label));
    int column = Columns.text(rows, text);
    encoder.zoo().require(encoder.name());
    var shipped =
        ShippedFiles.written(folder -> HeadFile.save(head, folder.resolve(PredictPartition.FILE)));
    StructType schema =
        rows.schema()
            .add(label, DataTypes.StringType)
            .add(probability, DataTypes.DoubleType)
            .add(Columns.error(label), DataTypes.StringType);
    return rows.mapPartitions(
        new PredictPartition(encoder, broadcast(rows, shipped), column), Encoders.row(schema));
  }

  /**
   * Carries vectors over a bridge. They come near the other encoder's space, not into it: an index
   * with both in one field is searched worse than either ({@link MergedSearch}).
   *
   * @param bridge for documents or for queries, such as a plan's
   * @param vector column, array of float or double, as the bridge's first encoder made it
   * @param translated new column, array of float
   * @return all columns but the old vectors, and the new ones
   * @throws StitchException (bad input) if there is no such column of vectors, or the first vector
   *     has another width; (usage) if the table has the new column already
   */
  public static Dataset<Row> translate(
      Dataset<Row> rows, VectorBridge bridge, String vector, String translated) {
    return translate(rows, TranslatePartition.shipped(bridge), bridge.width(), vector, translated);
  }

  /**
   * Carries vectors over from one card to another.
   *
   * @throws StitchException as for a bridge; (bad input) if the cards do not understand each other
   */
  public static Dataset<Row> translate(
      Dataset<Row> rows, SpaceCard from, SpaceCard to, String vector, String translated) {
    from.requireSameCodes(to);
    int width = from.codec().frame().width();
    return translate(rows, TranslatePartition.shipped(from, to), width, vector, translated);
  }

  private static Dataset<Row> translate(
      Dataset<Row> rows, ShippedFiles way, int width, String vector, String translated) {
    Dataset<Tuple2<Row, VectorCell>> pairs = VectorTable.read(rows, vector, width);
    StructType others = VectorTable.others(rows, vector);
    Columns.requireNew(others, translated, Columns.error(translated));
    var work = new TranslatePartition(broadcast(rows, way));
    return VectorTable.write(
        pairs.mapPartitions(work, VectorTable.encoder(others)), others, translated);
  }

  /**
   * Measures how far vectors are from those of one encoder ({@link VectorPopulation}).
   *
   * @param known vectors of that encoder and of data of the same kind, shape (N, D), 100 to 10,000
   *     of them
   * @param vector column, array of float or double
   * @param distance new column, double: squared distances
   * @return all columns but the vectors, and the new one
   * @throws StitchException as {@link #translate}; (bad input) if the known vectors are too few
   */
  public static Dataset<Row> check(
      Dataset<Row> rows, FloatMatrix known, String vector, String distance) {
    VectorPopulation.of(known);
    Dataset<Tuple2<Row, VectorCell>> pairs = VectorTable.read(rows, vector, known.columns());
    StructType others = VectorTable.others(rows, vector);
    Columns.requireNew(others, distance, Columns.error(distance));
    var sent = new CheckPartition.KnownVectors(known.columns(), known.toArray());
    StructType schema =
        others
            .add(distance, DataTypes.DoubleType)
            .add(Columns.error(distance), DataTypes.StringType);
    return pairs.mapPartitions(new CheckPartition(broadcast(rows, sent)), Encoders.row(schema));
  }

  /**
   * Tells if distances are those of one encoder's vectors, by the test of {@link ForeignVectors}.
   * Runs a job.
   *
   * @param checked what {@link #check} gave, or a part of it
   * @param known the same vectors
   * @param distance the same column
   */
  public static ForeignVectors.Finding finding(
      Dataset<Row> checked, FloatMatrix known, String distance) {
    var counted = ForeignVectors.countedBy(VectorPopulation.of(known));
    Column far = Columns.named(checked, distance);
    List<Column> counts = new ArrayList<>();
    counts.add(count(far));
    for (double threshold : counted.thresholds()) {
      counts.add(count(when(far.gt(threshold), lit(1))));
    }
    Row found = checked.select(counts.toArray(Column[]::new)).first();
    long all = checked.count();
    long usable = found.getLong(0);
    counted.addCounts(usable, all - usable, found.getLong(1), found.getLong(2), found.getLong(3));
    return counted.finding();
  }

  /**
   * Vectors of rows that have been collected, such as a sample that a bridge is fitted on.
   *
   * @param column array of float, without null
   * @return shape (N, D), in the order of the rows
   * @throws StitchException (bad input) if they have different widths
   */
  public static FloatMatrix vectors(List<Row> rows, String column) {
    float[][] vectors = new float[rows.size()][];
    for (int i = 0; i < vectors.length; i++) {
      List<Float> values = rows.get(i).getList(rows.get(i).fieldIndex(column));
      vectors[i] = new float[values.size()];
      for (int j = 0; j < vectors[i].length; j++) {
        vectors[i][j] = values.get(j);
      }
    }
    return FloatMatrix.of(vectors);
  }

  private static <T extends Serializable> Broadcast<T> broadcast(Dataset<Row> rows, T value) {
    SparkContext spark = rows.sparkSession().sparkContext();
    ExecutorModels.closeWith(spark);
    return JavaSparkContext.fromSparkContext(spark).broadcast(value);
  }
}
