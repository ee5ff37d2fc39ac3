// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.options.EncoderOptions.StateScale;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("processor")
class ScaledStatesTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xlm-roberta-tanh", "mpnet-300-f16", "distilbert-mlm", "electra-small-projected"})
  void statesOfThatLayerAreMultipliedAndLaterOnesAreNot(String name) {
    var fixture = TextFixture.of(name);
    int layers = TextConfig.of(fixture.config()).layers();
    for (int layer = 0; layer < layers; layer++) {
      float[] plain = states(fixture, layer, Optional.empty());
      var scale = Optional.of(new StateScale(layer, 3));
      float[] times = states(fixture, layer, scale);
      for (int k = 0; k < plain.length; k++) {
        plain[k] *= 3;
      }
      assertArrayEquals(plain, times, 1e-4f);
      float[] after = states(fixture, layers, scale);
      assertFalse(
          Arrays.equals(states(fixture, layers, Optional.empty()), after), "network sees it");
    }
  }

  @Test
  void aFactorOfOneChangesNothing() {
    var fixture = TextFixture.of("xlm-roberta-tanh");
    float[] plain = states(fixture, 1, Optional.empty());
    assertArrayEquals(plain, states(fixture, 1, Optional.of(new StateScale(0, 1))));
  }

  @Test
  void layersAndFactorsThatAreNotThereAreRefused() {
    var fixture = TextFixture.of("xlm-roberta-tanh");
    var refusal =
        assertThrows(
            StitchException.class, () -> states(fixture, 1, Optional.of(new StateScale(99, 2))));
    assertTrue(refusal.getMessage().contains("layer 99"), refusal.getMessage());
    assertThrows(StitchException.class, () -> new StateScale(-1, 2));
    assertThrows(StitchException.class, () -> new StateScale(0, 0));
    assertThrows(StitchException.class, () -> new StateScale(0, Double.NaN));
  }

  private float[] states(TextFixture fixture, int layer, Optional<StateScale> scale) {
    var network =
        TextTransformer.load(
            TextConfig.of(fixture.config()),
            new Readout(layer, Pooling.MEAN, false),
            NumberType.FLOAT32,
            fixture.weights(),
            scale,
            manager);
    NDArray found = network.states(fixture.inputs(manager));
    return found.toFloatArray();
  }
}
