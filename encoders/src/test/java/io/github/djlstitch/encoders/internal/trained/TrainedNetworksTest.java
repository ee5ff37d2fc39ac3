// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.trained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.train.Fit;
import io.github.djlstitch.core.internal.train.FitOptions;
import io.github.djlstitch.core.internal.train.Objective;
import io.github.djlstitch.core.internal.train.TorchInitializer;
import io.github.djlstitch.core.internal.train.UpdateRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses and outputs are PyTorch's: see {@code trained/trained_networks.py}. */
@Tag("processor")
final class TrainedNetworksTest {
  private static final Shape IMAGES = new Shape(6, 3, 8, 8);

  private final NDManager manager = TensorBridge.newManager();

  @AfterEach
  void free() {
    manager.close();
  }

  private static Block network(String name) {
    return switch (name) {
      case "conv" -> SmallConvNet.of(List.of(4, 6), 4);
      case "vit" -> SmallVit.of(8, 4, 8, 2, 2, 4);
      case "tanh" -> Mlp.tanh(10, 4);
      default -> Mlp.relu(10, 4);
    };
  }

  private static float[] wave(int count, int phase, double scale, double offset) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (scale * Math.sin(0.7 * i + phase));
      values[i] += (float) offset;
    }
    return values;
  }

  private static float[] start(Parameter parameter) {
    Shape shape = parameter.getArray().getShape();
    int count = Math.toIntExact(shape.size());
    return switch (parameter.getType()) {
      case GAMMA -> wave(count, count, 0.1, 1);
      case BETA -> wave(count, count + 1, 0.1, 0);
      case WEIGHT -> wave(count, count, 0.2, 0);
      case BIAS -> wave(count, count, 0.1, 0);
      default -> parameter.getArray().toFloatArray();
    };
  }

  private Block initialized(String name) {
    Block shapes = network(name);
    shapes.initialize(manager, DataType.FLOAT32, IMAGES);
    var starts = shapes.getParameters().values().stream().toList();
    Block block = network(name);
    var parameters = block.getParameters().values().stream().toList();
    for (int i = 0; i < starts.size(); i++) {
      Shape shape = starts.get(i).getArray().getShape();
      parameters.get(i).setShape(null);
      parameters.get(i).setArray(manager.create(start(starts.get(i)), shape));
    }
    block.initialize(manager, DataType.FLOAT32, IMAGES);
    return block;
  }

  private record Classification(Block network) implements Objective {
    @Override
    public int steps() {
      return 1;
    }

    @Override
    public NDArray loss(ParameterStore store, NDManager scope, int epoch, int step) {
      NDArray scores = network.forward(store, new NDList(images(scope)), true).head();
      NDArray truth = scope.create(new int[] {0, 1, 2, 3, 0, 1}).oneHot(4);
      return scores.logSoftmax(1).mul(truth).sum().div(-6f);
    }

    static NDArray images(NDManager scope) {
      return scope.create(wave(6 * 3 * 8 * 8, 1, 1, 0), IMAGES);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv; adam; 1.413764,1.392872,1.337386,1.293357; -0.015403,-0.089658,-0.102274,-0.026821",
        "conv; sgd; 1.413764,1.391750,1.374846,1.361342; 0.021600,-0.177446,-0.072139,0.014069",
        "vit; adam; 1.341707,1.415999,1.316353,1.269548; 0.568002,0.511047,-0.039721,-0.392939",
        "vit; sgd; 1.341707,1.304509,1.263603,1.220677; 0.731512,0.368762,-0.445595,-0.868575",
        "tanh; adam; 1.391609,1.358326,1.327094,1.298072; -0.298626,-0.207484,-0.113523,-0.011206",
        "tanh; sgd; 1.391609,1.364416,1.338454,1.313798; -0.106668,-0.138751,-0.177119,-0.067830",
        "relu; adam; 1.371054,1.323340,1.276252,1.230995; 0.181170,-0.008892,-0.412189,-0.316586",
        "relu; sgd; 1.371054,1.341846,1.313608,1.286271; 0.061606,-0.036826,-0.286069,-0.180491"
      })
  void trainsAsPyTorch(String name, String rule, String losses, String outputs) {
    Block block = initialized(name);
    var options =
        FitOptions.adam(4, rule.equals("adam") ? 0.01 : 0.1, 1)
            .withRule(UpdateRule.named(rule))
            .withWeightDecay(0.01)
            .withClip(0.5);
    var result =
        Fit.run("test", new Classification(block), options, Optional.empty(), Progress.NONE);
    double[] found = result.history().stream().mapToDouble(e -> e.loss()).toArray();
    assertArrayEquals(numbers(losses), found, 2e-5);
    NDArray images = Classification.images(manager);
    var store = new ParameterStore(manager, false);
    float[] scores = block.forward(store, new NDList(images), false).head().toFloatArray();
    for (int i = 0; i < 4; i++) {
      assertEquals(numbers(outputs)[i], scores[i], 1e-4);
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void aSeedDecidesTheStart() {
    for (String name : List.of("conv", "vit", "tanh")) {
      assertArrayEquals(drawn(name, 1), drawn(name, 1));
      assertEquals(false, Arrays.equals(drawn(name, 1), drawn(name, 2)), name);
    }
    // A linear layer of 192 inputs: uniform within 1 / sqrt(192), offsets too.
    Block mlp = network("tanh");
    TorchInitializer.initialize(mlp, 3, manager, IMAGES);
    for (String part : List.of("weight", "bias")) {
      float[] values =
          mlp.getParameters().stream()
              .filter(e -> e.getKey().contains("02Linear") && e.getKey().endsWith(part))
              .findFirst()
              .orElseThrow()
              .getValue()
              .getArray()
              .toFloatArray();
      double largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertEquals(1 / Math.sqrt(192), largest, 0.35 / Math.sqrt(192));
      assertEquals(true, largest <= 1 / Math.sqrt(192));
    }
  }

  private float[] drawn(String name, long seed) {
    Block block = network(name);
    TorchInitializer.initialize(block, seed, manager, IMAGES);
    var store = new ParameterStore(manager, false);
    NDArray images = Classification.images(manager);
    return block.forward(store, new NDList(images), false).head().toFloatArray();
  }

  @Test
  void sizesAreChecked() {
    assertThrows(StitchException.class, () -> SmallConvNet.of(List.of(), 4));
    assertThrows(StitchException.class, () -> SmallVit.of(9, 4, 8, 2, 2, 4));
    assertThrows(StitchException.class, () -> SmallVit.of(8, 4, 9, 2, 2, 4));
    assertThrows(StitchException.class, () -> Mlp.tanh(0, 4));
  }
}
