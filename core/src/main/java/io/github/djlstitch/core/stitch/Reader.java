// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.OptionalDouble;

/**
 * A head and what it gets from its own encoder, which is what a bridge should give it.
 *
 * @param head the head
 * @param test the test samples as its own encoder sees them
 * @param inputs of the head for these samples, shape (N, width)
 * @param accuracy of the head on them, in [0, 1]
 */
record Reader(Decoder head, LatentSpace test, FloatMatrix inputs, double accuracy) {
  /**
   * Feeds a head by its own encoder.
   *
   * @param space of its encoder, with the head's anchors
   */
  static Reader of(Decoder head, AnchoredSpace space, LatentSpace test) {
    FloatMatrix inputs = head.spec().inputs(space).apply(test.vectors()); // (N, width)
    int[] predicted = head.decode(inputs).argMaxRows();
    double accuracy = Metric.ACCURACY.of(test.labels(), predicted, test.classes().size());
    return new Reader(head, test, inputs, accuracy);
  }

  /** The mean cosine of inputs for the same samples with the own ones; empty for other samples. */
  OptionalDouble cosine(LatentSpace samples, FloatMatrix bridged) {
    return samples.ids().equals(test.ids())
        ? OptionalDouble.of(RowCosines.mean(bridged, inputs))
        : OptionalDouble.empty();
  }
}
