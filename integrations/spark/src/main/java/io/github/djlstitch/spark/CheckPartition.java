// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.migrate.VectorPopulation;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Rows with a vector to the same rows with its squared distance from a population.
 *
 * @param known vectors that the population is made of
 */
record CheckPartition(Broadcast<KnownVectors> known)
    implements MapPartitionsFunction<Tuple2<Row, VectorCell>, Row> {
  private static final long serialVersionUID = 1L;

  /**
   * Vectors of one encoder, shape (N, D), as they are sent to executors.
   *
   * @param width D
   * @param values row after row
   */
  @SuppressWarnings("ArrayRecordComponent") // told apart by where they came from, not compared
  record KnownVectors(int width, float[] values) implements Serializable {
    private static final long serialVersionUID = 1L;

    VectorPopulation population() {
      return VectorPopulation.of(FloatMatrix.wrap(values.length / width, width, values));
    }
  }

  @Override
  public Iterator<Row> call(Iterator<Tuple2<Row, VectorCell>> rows) {
    VectorPopulation population =
        ExecutorModels.get(
            List.of("population", known.id()),
            VectorPopulation.class,
            () -> known.value().population());
    return new Blocks<>(
        rows,
        FixedBlocks.ROWS,
        block ->
            VectorTable.map(
                block, known.value().width(), x -> distances(population, x), CheckPartition::row));
  }

  private static FloatMatrix distances(VectorPopulation population, FloatMatrix vectors) {
    double[] found = population.distances(vectors);
    float[] column = new float[found.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = (float) found[i]; // as it was computed
    }
    return FloatMatrix.wrap(column.length, 1, column);
  }

  private static Row row(Row others, VectorCell distance) {
    float[] value = distance.getValues();
    return Rows.with(others, value == null ? null : (double) value[0], distance.getError());
  }
}
