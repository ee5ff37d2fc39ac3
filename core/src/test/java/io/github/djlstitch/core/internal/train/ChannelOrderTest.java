// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import org.junit.jupiter.api.Test;

final class ChannelOrderTest {
  @Test
  void valuesStayWhereTheyAreAndGradientsComeBack() {
    Autograd.alone(
        () -> {
          try (NDManager manager = TensorBridge.newManager()) {
            NDArray maps = manager.arange(24f).reshape(new Shape(1, 2, 3, 4));
            maps.setRequiresGradient(true);
            NDArray weights = manager.arange(24f).mul(0.5f).reshape(maps.getShape());
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
              NDArray last = ChannelOrder.last(maps);
              assertEquals(maps.getShape(), last.getShape());
              assertEquals(17, last.getFloat(0, 1, 1, 1));
              NDArray first = ChannelOrder.first(last);
              assertArrayEquals(maps.toFloatArray(), first.toFloatArray());
              collector.backward(first.mul(weights).sum());
            }
            assertArrayEquals(weights.toFloatArray(), maps.getGradient().toFloatArray());
            return null;
          }
        });
  }
}
