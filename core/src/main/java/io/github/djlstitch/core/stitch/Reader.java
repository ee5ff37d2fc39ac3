// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.internal.memory.EvenRows;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Resampling;
import io.github.djlstitch.core.measure.SpaceMeasure;
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
 * @param answers its scores of the classes, shape (N, C)
 * @param scores of the head on them
 */
record Reader(
    Decoder head,
    LatentSpace test,
    FloatMatrix inputs,
    FloatMatrix answers,
    Map<Metric, Double> scores) {
  private static final int SHUFFLED_ROWS = 2000; // for the mean over shuffles that is enough
  private static final int SHUFFLES = 20;

  private static final List<Metric> METRICS =
      List.of(Metric.ACCURACY, Metric.F1_WEIGHTED, Metric.F1_MACRO);

  /**
   * Feeds a head by its own encoder.
   *
   * @param space of its encoder, with the head's anchors
   */
  static Reader of(Decoder head, AnchoredSpace space, LatentSpace test) {
    FloatMatrix inputs = head.spec().inputs(space).apply(test.vectors()); // (N, width)
    FloatMatrix answers = head.decode(inputs); // (N, C)
    return new Reader(head, test, inputs, answers, scores(test, answers.argMaxRows()));
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

  /**
   * The agreement and the divergence of what the head answers, stitched, and on its own encoder, by
   * the names of {@link Diagnostics}; empty for other samples.
   *
   * @param stitched its scores of the classes of the same samples, shape (N, C)
   * @param seed of the shuffles
   */
  Map<String, Double> likeness(LatentSpace samples, FloatMatrix stitched, long seed) {
    if (!samples.ids().equals(test.ids())) {
      return Map.of();
    }
    var agreement = SpaceMeasure.of(MeasureKind.AGREEMENT);
    var divergence = SpaceMeasure.of(MeasureKind.JENSEN_SHANNON);
    return Map.of(
        Diagnostics.AGREEMENT, agreement.of(answers, stitched),
        Diagnostics.AGREEMENT_BY_CHANCE, shuffled(agreement, stitched, seed),
        Diagnostics.JENSEN_SHANNON, divergence.of(answers, stitched),
        Diagnostics.JENSEN_SHANNON_BY_CHANCE, shuffled(divergence, stitched, seed));
  }

  private double shuffled(SpaceMeasure measure, FloatMatrix stitched, long seed) {
    return new Resampling(SHUFFLES, 0, seed)
        .measure(measure, EvenRows.of(answers, SHUFFLED_ROWS), EvenRows.of(stitched, SHUFFLED_ROWS))
        .chance()
        .orElseThrow()
        .mean();
  }
}
