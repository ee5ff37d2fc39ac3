// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.zoo.StitchedClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Rows with a text to the same rows with the most probable label and its probability.
 *
 * @param source the encoder
 * @param head file of the head that it is plugged into
 * @param text place of the column of texts
 */
record PredictPartition(EncoderSource source, Broadcast<ShippedFiles> head, int text)
    implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  static final String FILE = "head" + HeadFile.ENDING;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Classifier classifier = ExecutorModels.get(key(), Classifier.class, this::open);
    return new Blocks<>(rows, FixedBlocks.ROWS, block -> predicted(block, classifier));
  }

  private Object key() {
    return List.of(source, head.value().id());
  }

  private Classifier open() {
    var loaded = head.value().read(folder -> HeadFile.load(folder.resolve(FILE)));
    return new Classifier(
        StitchedClassifier.ofTexts(source.zoo(), source.name(), loaded, Optional.empty()));
  }

  private List<Row> predicted(List<Row> block, Classifier classifier) {
    FloatMatrix shares = classifier.probabilities(Rows.texts(block, text)); // (N, C)
    List<Row> out = new ArrayList<>();
    int next = 0;
    for (Row row : block) {
      boolean has = Rows.text(row, text) != null;
      out.add(has ? labelled(row, shares.row(next++), classifier) : unlabelled(row));
    }
    return out;
  }

  private static Row labelled(Row row, float[] shares, Classifier classifier) {
    int best = 0;
    for (int i = 1; i < shares.length; i++) {
      best = shares[i] > shares[best] ? i : best;
    }
    return Rows.with(row, classifier.stitched().classes().get(best), (double) shares[best], null);
  }

  private static Row unlabelled(Row row) {
    return Rows.with(row, null, null, Rows.NO_TEXT);
  }

  /**
   * An encoder in a head, which computes each text for itself.
   *
   * @param stitched the two; closed with this
   */
  private record Classifier(StitchedClassifier<String> stitched) implements AutoCloseable {
    FloatMatrix probabilities(List<String> texts) {
      TextEncoder encoder = ((TextEncoder) stitched.encoder()).independent();
      FloatMatrix vectors = encoder.encode(texts); // (N, D)
      float[][] rows = new float[vectors.rows()][];
      Arrays.setAll(rows, vectors::row);
      return FixedBlocks.apply(rows, stitched::probabilitiesOf);
    }

    @Override
    public void close() {
      stitched.close();
    }
  }
}
