// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders.internal.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.decoders.internal.image.Reconstructor.ImageShape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconstructorTest {
  private final NDManager manager = TensorBridge.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 8, 13})
  void drawsImagesOfAnySide(int side) {
    Reconstructor decoder = Reconstructor.of(new ImageShape(3, side), List.of(4, 6));
    NDArray images = decode(decoder, manager.randomNormal(new Shape(2, 7)));
    assertEquals(new Shape(2, 3, side, side), images.getShape());
    assertEquals(images.getShape(), decoder.getOutputShapes(new Shape[] {new Shape(2, 7)})[0]);
    assertTrue(images.min().getFloat() >= 0 && images.max().getFloat() <= 1);
  }

  // By the definition: every value spreads over 3 x 3 places, two apart, the first row cut off.
  @Test
  void doublingIsTheTransposedConvolution() {
    Doubling layer = new Doubling(1, 1);
    layer.setInitializer(new NormalInitializer(1), Parameter.Type.WEIGHT);
    layer.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 2, 2));
    NDArray input = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
    NDArray output =
        layer.forward(new ParameterStore(manager, false), new NDList(input), false).head();
    float[] kernel = layer.getParameters().get(0).getValue().getArray().toFloatArray();
    float[] expected = new float[16];
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 2; x++) {
        spread(expected, y, x, 1 + 2 * y + x, kernel);
      }
    }
    float bias = layer.getParameters().get(1).getValue().getArray().toFloatArray()[0];
    float[] found = output.toFloatArray();
    for (int i = 0; i < 16; i++) {
      assertEquals(expected[i] + bias, found[i], 1e-5);
    }
  }

  private static void spread(float[] image, int y, int x, float value, float[] kernel) {
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        int row = 2 * y + i - 1;
        int column = 2 * x + j - 1;
        if (row >= 0 && row < 4 && column >= 0 && column < 4) {
          image[4 * row + column] += value * kernel[3 * i + j];
        }
      }
    }
  }

  @Test
  void everyWeightTakesPartInTheLoss() {
    Reconstructor decoder = Reconstructor.of(new ImageShape(1, 6), List.of(3, 5));
    decoder.initialize(manager, DataType.FLOAT32, new Shape(4, 7));
    NDArray codes = manager.randomNormal(new Shape(4, 7));
    NDArray images = manager.randomUniform(0, 1, new Shape(4, 1, 6, 6));
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      var store = new ParameterStore(manager, false);
      NDArray drawn = decoder.forward(store, new NDList(codes), true).head();
      collector.backward(ReconstructionLoss.CALIBRATED.of(images, drawn));
    }
    int weights = 0;
    for (Parameter parameter : decoder.getParameters().values()) {
      if (parameter.getType() == Parameter.Type.WEIGHT) {
        float size = parameter.getArray().getGradient().abs().sum().getFloat();
        assertTrue(size > 0 && Float.isFinite(size), parameter.getName());
        weights++;
      }
    }
    assertEquals(3, weights); // the linear layer and two transposed convolutions
  }

  @Test
  void lossesHaveTheirClosedForms() {
    NDArray images = manager.create(new float[] {0, 0, 1, 1}, new Shape(2, 1, 1, 2));
    NDArray drawn = manager.create(new float[] {.5f, 0, 1, .5f}, new Shape(2, 1, 1, 2));
    assertEquals(.25, ReconstructionLoss.SQUARED.of(images, drawn).getFloat(), 1e-6);
    assertEquals(Math.log(.125), ReconstructionLoss.CALIBRATED.of(images, drawn).getFloat(), 1e-5);
  }

  @Test
  void divergenceIsThatOfTheStandardNormal() {
    NDArray mean = manager.create(new float[] {0, 1, 2, 0}, new Shape(2, 2));
    NDArray logVariance =
        manager.create(new float[] {0, 0, 0, (float) Math.log(4)}, mean.getShape());
    double expected = (.5 + 2 + (4 - 1 - Math.log(4)) / 2) / 2;
    assertEquals(expected, GaussianCode.divergence(mean, logVariance).getFloat(), 1e-5);
  }

  @Test
  void codesAreDrawnAroundTheirMeans() {
    var shape = new Shape(1, 10_000);
    Engine.getEngine("PyTorch").setRandomSeed(3);
    NDArray drawn =
        GaussianCode.draw(manager.ones(shape).mul(2), manager.full(shape, (float) Math.log(.25)));
    assertEquals(2, drawn.mean().getFloat(), .02);
    assertEquals(.25, drawn.sub(2).square().mean().getFloat(), .02);
  }

  @Test
  void gaussianCodeGivesMeansAndLogVariances() {
    GaussianCode code = GaussianCode.of(3);
    code.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
    var store = new ParameterStore(manager, false);
    NDArray features = manager.randomNormal(new Shape(2, 5));
    NDList found = code.forward(store, new NDList(features), false);
    assertEquals(2, found.size());
    assertEquals(code.mean(store, features, false), found.get(0));
    assertEquals(
        List.of(code.getOutputShapes(new Shape[] {new Shape(2, 5)})),
        List.of(found.get(0).getShape(), found.get(1).getShape()));
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThrows(StitchException.class, () -> new ImageShape(0, 32));
    assertThrows(StitchException.class, () -> new ImageShape(3, 1));
    assertThrows(StitchException.class, () -> GaussianCode.of(0));
    var shape = new ImageShape(3, 32);
    assertThrows(StitchException.class, () -> Reconstructor.of(shape, List.of()));
    assertThrows(StitchException.class, () -> Reconstructor.of(shape, List.of(8, 0)));
  }

  private NDArray decode(Reconstructor decoder, NDArray codes) {
    decoder.initialize(manager, DataType.FLOAT32, codes.getShape());
    var store = new ParameterStore(manager, false);
    return decoder.forward(store, new NDList(codes), false).head();
  }
}
