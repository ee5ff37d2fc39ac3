// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A head and what it gets from its own encoder, which is what a bridge should give it.
 *
 * @param head the head
 * @param test the test samples as its own encoder sees them
 * @param inputs of the head for these samples, shape (N, width)
 * @param scores of the head on them
 */
record Reader(Decoder head, LatentSpace test, FloatMatrix inputs, Map<Metric, Double> scores) {
  private static final List<Metric> METRICS =
      List.of(Metric.ACCURACY, Metric.F1_WEIGHTED, Metric.F1_MACRO);

  /**
   * Feeds a head by its own encoder.
   *
   * @param space of its encoder, with the head's anchors
   */
  static Reader of(Decoder head, AnchoredSpace space, LatentSpace test) {
    FloatMatrix inputs = head.spec().inputs(space).apply(test.vectors()); // (N, width)
    int[] predicted = head.decode(inputs).argMaxRows();
    return new Reader(head, test, inputs, scores(test, predicted));
  }

  /** The scores of predictions for test samples. */
  static Map<Metric, Double> scores(LatentSpace test, int[] predicted) {
    Map<Metric, Double> scores = new EnumMap<>(Metric.class);
    METRICS.forEach(
        metric -> scores.put(metric, metric.of(test.labels(), predicted, test.classes().size())));
    return scores;
  }

  /** One of the head's own scores. */
  double score(Metric metric) {
    return Objects.requireNonNull(scores.get(metric), metric.id());
  }

  /** The mean cosine of inputs for the same samples with the own ones; empty for other samples. */
  OptionalDouble cosine(LatentSpace samples, FloatMatrix bridged) {
    return samples.ids().equals(test.ids())
        ? OptionalDouble.of(RowCosines.mean(bridged, inputs))
        : OptionalDouble.empty();
  }
}
