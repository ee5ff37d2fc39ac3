// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders.internal.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Metric;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationMlpTest {
  private static final int SAMPLES = 200;
  private static final int[] LABELS = new int[SAMPLES];
  private static final FloatMatrix X = samples();

  @ParameterizedTest
  @EnumSource
  void learnsAndIsRepeatable(ActivationMlp.Activation activation) {
    ActivationMlp network = ActivationMlp.train(activation, X, LABELS, 2, 10, 1e-3, 7);
    FloatMatrix scores = network.decode(X);
    assertTrue(Metric.ACCURACY.of(LABELS, scores.argMaxRows(), 2) > .95);
    assertEquals(
        scores, ActivationMlp.train(activation, X, LABELS, 2, 10, 1e-3, 7).decode(X), "same seed");
  }

  @Test
  void fewOrUnlabelledSamplesAreRefused() {
    assertThrows(
        StitchException.class,
        () -> ActivationMlp.train(ActivationMlp.Activation.RELU, X, new int[3], 2, 1, 1e-3, 0));
    assertThrows(
        StitchException.class,
        () ->
            ActivationMlp.train(
                ActivationMlp.Activation.RELU, X.rowRange(0, 3), new int[3], 2, 1, 1e-3, 0));
  }

  private static FloatMatrix samples() {
    var random = new Random(1);
    float[] values = new float[SAMPLES * 4];
    for (int i = 0; i < SAMPLES; i++) {
      LABELS[i] = i % 2;
      for (int j = 0; j < 4; j++) {
        values[i * 4 + j] = (float) (random.nextGaussian() + (LABELS[i] == 0 ? 2 : -2));
      }
    }
    return FloatMatrix.wrap(SAMPLES, 4, values);
  }
}
