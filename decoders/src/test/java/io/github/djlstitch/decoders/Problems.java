// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.DecoderSpec;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.function.Executable;

/** Seeded classification problems and the specifications of their heads. */
final class Problems {
  private Problems() {}

  /** Labelled samples. */
  static final class Problem {
    private final FloatMatrix inputs;
    private final int[] labels;
    private final int classes;

    Problem(FloatMatrix inputs, int[] labels, int classes) {
      this.inputs = inputs;
      this.labels = labels;
      this.classes = classes;
    }

    FloatMatrix inputs() {
      return inputs;
    }

    int[] labels() {
      return labels;
    }

    int classes() {
      return classes;
    }

    DecoderSpec spec(HeadOptions options, long seed) {
      return Problems.spec(inputs.columns(), classes, options, seed);
    }

    ClassifierHead train(HeadOptions options, long seed) {
      return HeadTrainer.train(spec(options, seed), inputs, labels, options);
    }

    /** The same samples in another order, or some of them several times. */
    Problem select(int[] rows) {
      int[] chosen = IntStream.of(rows).map(row -> labels[row]).toArray();
      return new Problem(inputs.select(rows), chosen, classes);
    }

    double trainAccuracy(ClassifierHead head) {
      int[] predicted = head.decode(inputs).argMaxRows();
      long hits = IntStream.range(0, labels.length).filter(i -> predicted[i] == labels[i]).count();
      return (double) hits / labels.length;
    }
  }

  /** Overlapping clusters; column j is multiplied by {@code scales[j]}. */
  static Problem clusters(long seed, int samples, int classes, double... scales) {
    var random = new Random(seed);
    int[] labels = random.ints(samples, 0, classes).toArray();
    float[] values = new float[samples * scales.length];
    for (int k = 0; k < values.length; k++) {
      int j = k % scales.length;
      int center = labels[k / scales.length] == j % classes ? 1 : 0;
      values[k] = (float) (scales[j] * (center + random.nextGaussian()));
    }
    return new Problem(FloatMatrix.wrap(samples, scales.length, values), labels, classes);
  }

  /** A disc in a ring; the two constant columns keep the radius through layer normalisation. */
  static Problem ring(long seed, int samples) {
    var random = new Random(seed);
    int[] labels = IntStream.range(0, samples).map(i -> i % 2).toArray();
    float[][] rows = new float[samples][];
    for (int i = 0; i < samples; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double radius = labels[i] == 0 ? .7 * random.nextDouble() : 1.2 + .5 * random.nextDouble();
      rows[i] =
          new float[] {
            (float) (radius * Math.cos(angle)), (float) (radius * Math.sin(angle)), 1, -1
          };
    }
    return new Problem(FloatMatrix.of(rows), labels, 2);
  }

  /** A head on the relative space of as many anchors as its inputs are wide. */
  static DecoderSpec spec(int width, int classes, HeadOptions options, long seed) {
    var training = new Provenance("bert", "e1", "trec", "d1", "train", "test 1");
    var ids = IntStream.range(0, width).mapToObj(i -> "anchor-" + i).toList();
    return new DecoderSpec(
        DecoderSpec.Reads.RELATIVE,
        training,
        new Anchors(ids, "uniform", 3),
        Similarity.coordinates(0.5),
        Centering.ANCHORS,
        width,
        IntStream.range(0, classes).mapToObj(c -> "class " + c).toList(),
        options.head(),
        seed);
  }

  /** Fails unless every value is within the tolerance. */
  static void assertClose(FloatMatrix expected, FloatMatrix actual, double tolerance) {
    assertEquals(expected.toString(), actual.toString());
    for (int i = 0; i < expected.rows(); i++) {
      for (int j = 0; j < expected.columns(); j++) {
        assertEquals(expected.get(i, j), actual.get(i, j), tolerance, i + ", " + j);
      }
    }
  }

  /** Expects a one-line failure of this kind with this part. */
  static void refused(String part, StitchException.Kind kind, Executable action) {
    var e = assertThrows(StitchException.class, action);
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertEquals(kind, e.kind(), e.getMessage());
  }
}
