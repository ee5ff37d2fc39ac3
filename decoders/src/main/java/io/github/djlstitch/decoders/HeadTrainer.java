// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.stitch.DecoderSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Trains heads; equal arguments give equal weights on the same machine. */
public final class HeadTrainer {
  /** The metric of a head that is its accuracy on its training samples. */
  public static final String TRAIN_ACCURACY = "train_accuracy";

  /** The metric of a linear head that is the L2 weight it was trained with, given or chosen. */
  public static final String L2 = "l2";

  private HeadTrainer() {}

  /**
   * Trains a head.
   *
   * @param spec describes the head's inputs and classes; its seed is the only randomness
   * @param inputs rows of that space, shape (N, width)
   * @param labels N label indices
   * @throws StitchException (bad input) if the inputs do not fit the specification, hold a value
   *     that is not finite or show a single class
   */
  public static ClassifierHead train(
      DecoderSpec spec, FloatMatrix inputs, int[] labels, HeadOptions options) {
    requireTrainable(spec, inputs, labels);
    return Stage.HEADS.get(() -> fit(spec, inputs, labels, options));
  }

  private static ClassifierHead fit(
      DecoderSpec spec, FloatMatrix inputs, int[] labels, HeadOptions options) {
    int classes = spec.classes().size();
    float[] weights = sampleWeights(labels, classes, options.balanced());
    Map<String, Double> metrics = new HashMap<>();
    HeadWeights head =
        switch (options.kind()) {
          case LINEAR -> {
            double l2 =
                options.l2().isPresent()
                    ? options.l2().getAsDouble()
                    : L2Choice.of(inputs, labels, classes, options.balanced(), spec.seed());
            metrics.put(L2, l2);
            yield LinearWeights.ofFit(LinearTraining.fit(inputs, labels, classes, weights, l2));
          }
          case MLP -> MlpTraining.fit(inputs, labels, classes, weights, options, spec.seed());
          case OFFICIAL_TEXT, OFFICIAL_UNIT_TEXT, OFFICIAL_IMAGE, OFFICIAL_CURVE ->
              new OfficialTraining(OfficialLayout.of(options.kind()), options, classes)
                  .fit(inputs, labels, weights, spec.seed());
        };
    double accuracy = Metric.ACCURACY.of(labels, head.decode(inputs).argMaxRows(), classes);
    metrics.put(TRAIN_ACCURACY, accuracy);
    return new ClassifierHead(spec, head, metrics);
  }

  /** Weights that sum to 1: equal for all samples, or equal for all classes that occur. */
  static float[] sampleWeights(int[] labels, int classes, boolean balanced) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    long present = Arrays.stream(counts).filter(c -> c > 0).count();
    float[] weights = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      weights[i] = balanced ? 1f / (present * counts[labels[i]]) : 1f / labels.length;
    }
    return weights;
  }

  private static void requireTrainable(DecoderSpec spec, FloatMatrix inputs, int[] labels) {
    if (inputs.columns() != spec.width() || inputs.rows() != labels.length) {
      throw StitchException.badInput(
          "'%s' reads %d values but got %d samples of %d values with %d labels",
          spec.name(), spec.width(), inputs.rows(), inputs.columns(), labels.length);
    }
    if (Arrays.stream(labels).distinct().count() < 2) {
      throw StitchException.badInput(
          "'%s' cannot be trained on a single class; give samples of at least 2", spec.name());
    }
    int classes = spec.classes().size();
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw StitchException.badInput(
            "'%s' has %d classes but a sample has label index %d", spec.name(), classes, label);
      }
    }
    inputs
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "'%s' cannot be trained: sample %d has a value that is not finite",
                  spec.name(), row);
            });
  }
}
