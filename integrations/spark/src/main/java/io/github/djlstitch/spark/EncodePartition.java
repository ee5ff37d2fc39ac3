// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.TextEncoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Rows with a text to the same rows with its vector.
 *
 * @param source the encoder
 * @param text place of the column of texts
 */
record EncodePartition(EncoderSource source, int text)
    implements MapPartitionsFunction<Row, Tuple2<Row, VectorCell>> {
  private static final long serialVersionUID = 1L;

  // Texts of equal length are encoded together: the more there are, the fuller are the batches.
  private static final int BLOCK = 4096;

  @Override
  public Iterator<Tuple2<Row, VectorCell>> call(Iterator<Row> rows) {
    TextEncoder encoder = ExecutorModels.get(source, TextEncoder.class, this::open);
    return new Blocks<>(rows, BLOCK, block -> encoded(block, encoder));
  }

  private TextEncoder open() {
    if (source.zoo().encoder(source.name()) instanceof TextEncoder encoder) {
      return encoder;
    }
    throw StitchException.usage("'%s' reads no texts; choose one that does", source.name());
  }

  private List<Tuple2<Row, VectorCell>> encoded(List<Row> block, TextEncoder encoder) {
    FloatMatrix vectors = encoder.independent().encode(Rows.texts(block, text)); // (N, D)
    List<Tuple2<Row, VectorCell>> out = new ArrayList<>();
    int next = 0;
    for (Row row : block) {
      boolean has = Rows.text(row, text) != null;
      out.add(
          new Tuple2<>(
              row, has ? VectorCell.of(vectors.row(next++)) : VectorCell.without(Rows.NO_TEXT)));
    }
    return out;
  }
}
