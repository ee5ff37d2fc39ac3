// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.doubles;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class AnchorValuesTest {
  private static final RelativeProjection PROJECTION =
      RelativeProjection.onto(gaussian(1, 6, 4), Similarity.cosine(), Centering.ANCHORS);
  private static final FloatMatrix R = PROJECTION.apply(gaussian(2, 7, 4));

  private static FloatMatrix softmax(FloatMatrix r) {
    return Matrices.of(
        r.rows(),
        r.columns(),
        (i, j) -> Math.exp(r.get(i, j)) / DoubleStream.of(doubles(r, i)).map(Math::exp).sum());
  }

  @Test
  void anchorsAreAveragedByTheSoftmax() {
    var block = AnchorValues.of(PROJECTION);
    assertEquals(new Shape(7, 4), block.getOutputShapes(new Shape[] {new Shape(7, 6)})[0]);
    assertFalse(block.getParameters().valueAt(0).requiresGradient());
    try (var probe = new BlockProbe(block, 6)) {
      FloatMatrix expected = times(softmax(R), PROJECTION.anchors());
      assertClose(expected, probe.forward(R, false), 1e-6);
      FloatMatrix weights = gaussian(3, 7, 4);
      assertClose(
          BlockProbe.differences(r -> times(softmax(r), PROJECTION.anchors()), R, weights, 1e-2),
          probe.gradient(R, weights),
          1e-3);
    }
  }

  @Test
  void learnedValuesAreTrainedSavedAndLoaded() throws Exception {
    try (var probe = new BlockProbe(AnchorValues.trainable(6, 3), 6);
        NDManager manager = TensorBridge.newManager()) {
      FloatMatrix values = TensorBridge.toMatrix(probe.parameter("values"));
      assertClose(times(softmax(R), values), probe.forward(R, false), 1e-6);
      probe.gradient(R, gaussian(4, 7, 3));
      assertTrue(probe.parameterGradient("values").abs().sum().getFloat() > 0.01);
      var other = AnchorValues.trainable(6, 3);
      BlockProbe.load(other, manager, probe.saved());
      try (var loaded = new BlockProbe(other, 6)) {
        assertEquals(probe.forward(R, false), loaded.forward(R, false));
      }
    }
  }

  @Test
  void otherNumbersOfAnchorsAreRefused() {
    refused("0 values", Kind.USAGE, () -> AnchorValues.trainable(0, 3));
    try (var probe = new BlockProbe(AnchorValues.of(PROJECTION), 6)) {
      refused(
          "similarities to 5 anchors",
          Kind.BAD_INPUT,
          () -> probe.forward(gaussian(5, 2, 5), true));
    }
  }
}
