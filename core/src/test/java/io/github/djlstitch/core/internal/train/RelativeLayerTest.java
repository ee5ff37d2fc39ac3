// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses are PyTorch's: see {@code train/relative_layer.py}. */
final class RelativeLayerTest {
  private final NDManager manager = TensorBridge.newManager();

  @AfterEach
  void free() {
    manager.close();
  }

  private static NDArray wave(NDManager owner, Shape shape, int phase, double scale, int offset) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * Math.sin(0.7 * i + phase)) + offset;
    }
    return owner.create(values, shape);
  }

  private record Relative(Block encoder, RelativeLayer layer, AnchorRefresh refresh)
      implements Objective {
    @Override
    public Block network() {
      return new SequentialBlock().add(encoder).add(layer);
    }

    @Override
    public int steps() {
      return 1;
    }

    @Override
    public NDArray loss(ParameterStore store, NDManager scope, int epoch, int step) {
      NDArray x = wave(scope, new Shape(6, 5), 4, 1, 0);
      NDArray latents = encoder.forward(store, new NDList(x), true).head();
      NDArray anchors =
          refresh.at(
              step,
              scope,
              work -> {
                NDArray a = wave(work, new Shape(4, 5), 5, 1, 0);
                return encoder.forward(store, new NDList(a), true).head();
              });
      NDArray r = layer.forward(store, latents, anchors, true);
      NDArray truth = scope.create(new int[] {0, 1, 2, 3, 0, 1}).oneHot(4);
      return r.logSoftmax(1).mul(truth).sum().div(-6f);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LAYER_NORM; 0.795011, 0.778313, 0.765613",
        "PLAIN; 0.862977, 0.849274, 0.84015",
        "UNIT; 1.006244, 1.004319, 1.002945"
      })
  void trainsAsPyTorch(RelativeLayer.Output output, String losses) {
    Block encoder = Linear.builder().setUnits(3).optBias(false).build();
    var weight = encoder.getParameters().valueAt(0);
    weight.setArray(wave(manager, new Shape(3, 5), 1, 0.5, 0));
    encoder.initialize(manager, DataType.FLOAT32, new Shape(6, 5));
    RelativeLayer layer = RelativeLayer.of(4, output);
    if (output == RelativeLayer.Output.LAYER_NORM) {
      layer.getParameters().valueAt(0).setShape(null);
      layer.getParameters().valueAt(0).setArray(wave(manager, new Shape(4), 2, 0.1, 1));
      layer.getParameters().valueAt(1).setShape(null);
      layer.getParameters().valueAt(1).setArray(wave(manager, new Shape(4), 3, 0.1, 0));
    }
    layer.initialize(manager, DataType.FLOAT32, new Shape(6, 3), new Shape(4, 3));
    var options = FitOptions.adam(3, 0.5, 1).withRule(UpdateRule.SGD);
    try (AnchorRefresh refresh = AnchorRefresh.always()) {
      var objective = new Relative(encoder, layer, refresh);
      var history = Fit.run("t", objective, options, Optional.empty(), Progress.NONE).history();
      double[] expected =
          Arrays.stream(losses.split(",")).mapToDouble(Double::parseDouble).toArray();
      assertArrayEquals(expected, history.stream().mapToDouble(EpochScore::loss).toArray(), 2e-6);
    }
  }

  @Test
  void anchorsAreEncodedEveryKSteps() {
    try (AnchorRefresh refresh = AnchorRefresh.every(3);
        NDManager step = manager.newSubManager()) {
      NDArray first = refresh.at(0, step, work -> work.create(new float[] {1, 2}));
      assertSame(first, refresh.at(1, step, work -> work.create(new float[] {3, 4})));
      assertSame(first, refresh.at(2, step, work -> work.create(new float[] {3, 4})));
      NDArray next = refresh.at(3, step, work -> work.create(new float[] {5, 6}));
      assertNotSame(first, next);
      assertArrayEquals(new float[] {5, 6}, next.toFloatArray());
      // A new epoch starts at 0.
      assertEquals(7, refresh.at(0, step, work -> work.create(new float[] {7})).getFloat());
    }
    assertThrows(StitchException.class, () -> AnchorRefresh.every(0));
  }

  @Test
  void startsAtScaleOneAndRefusesAnotherNumberOfAnchors() {
    RelativeLayer layer = RelativeLayer.of(2, RelativeLayer.Output.LAYER_NORM);
    TorchInitializer.initialize(layer, 1, manager, new Shape(3, 5), new Shape(2, 5));
    assertArrayEquals(
        new float[] {1, 1}, layer.getParameters().valueAt(0).getArray().toFloatArray());
    assertArrayEquals(
        new float[] {0, 0}, layer.getParameters().valueAt(1).getArray().toFloatArray());
    NDArray x = manager.ones(new Shape(3, 5));
    var store = new ParameterStore(manager, false);
    assertThrows(StitchException.class, () -> layer.forward(store, x, x, false));
    assertThrows(StitchException.class, () -> RelativeLayer.of(0, RelativeLayer.Output.PLAIN));
  }
}
