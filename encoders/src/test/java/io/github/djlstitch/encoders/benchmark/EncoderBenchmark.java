// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.benchmark;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.text.TextConfig;
import io.github.djlstitch.encoders.internal.text.TextTransformer;
import io.github.djlstitch.encoders.internal.vision.FormulaModels;
import io.github.djlstitch.encoders.internal.vision.FormulaWeights;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Times of whole encoders on pixels or token ids; {@code docs/benchmarks/encoders.py} takes those
 * of PyTorch. Not part of the tests: run it with {@code -Pbench -Dtest=EncoderBenchmark}.
 */
class EncoderBenchmark {
  private static final int TOKENS = 128;
  private static final int WIDTH = 768;
  private static final int VOCABULARY = 50265;
  private static final int POSITIONS = 514;

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void vitB16(NumberType numbers) throws Exception {
    contest(
        "ViT-B/16",
        numbers,
        m -> FormulaModels.vit(FormulaModels.timm(WIDTH, 12, 224, 16, 3), WIDTH, 224, numbers, m),
        EncoderBenchmark::pixels,
        1);
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void rexNet100(NumberType numbers) throws Exception {
    contest(
        "RexNet-100",
        numbers,
        m -> FormulaModels.rexNet(1, 224, numbers, m),
        EncoderBenchmark::pixels,
        4);
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void robertaBase(NumberType numbers) throws Exception {
    contest(
        "RoBERTa-base",
        numbers,
        m -> roberta(numbers, WIDTH, 12, Pooling.CLS, m),
        (m, batch) -> tokens(m, batch, TOKENS),
        1);
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void miniLm(NumberType numbers) throws Exception {
    contest(
        "MiniLM-L6",
        numbers,
        m -> roberta(numbers, 384, 6, Pooling.CLS, m),
        (m, batch) -> tokens(m, batch, TOKENS),
        4);
  }

  private interface Inputs {
    NDList of(NDManager manager, int batch);
  }

  private static void contest(
      String name, NumberType numbers, Function<NDManager, Block> network, Inputs inputs, int calls)
      throws Exception {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Block block = network.apply(manager);
      Map<String, Contest.Contender> contenders = new LinkedHashMap<>();
      for (int batch : new int[] {1, 8}) {
        NDList input = inputs.of(manager, batch);
        contenders.put("batch " + batch, () -> forward(block, manager, input));
      }
      Contest.run(name + ", " + numbers.id(), contenders, calls, 15);
    }
  }

  static void forward(Block block, NDManager manager, NDList inputs) {
    try (NDManager scope = manager.newSubManager()) {
      inputs.tempAttach(scope); // so that the result belongs to the scope
      block.forward(new ParameterStore(scope, false), inputs, false).head().toFloatArray();
    }
  }

  private static NDList pixels(NDManager manager, int batch) {
    return new NDList(manager.randomNormal(new Shape(batch, 3, 224, 224)));
  }

  static NDList tokens(NDManager manager, int batch, int tokens) {
    var shape = new Shape(batch, tokens);
    long[] mask = new long[batch * tokens];
    Arrays.fill(mask, 1);
    NDArray ids =
        manager.create(new Random(1).longs(mask.length, 5, VOCABULARY).toArray(), shape); // (B, T)
    return new NDList(ids, manager.create(mask, shape));
  }

  // RoBERTa's positions, of any size; MiniLM's heads are of 32.
  static Block roberta(
      NumberType numbers, int width, int layers, Pooling pooling, NDManager manager) {
    var config =
        new TextConfig(
            TextConfig.Family.ROBERTA,
            VOCABULARY,
            POSITIONS,
            1,
            width,
            width,
            layers,
            12,
            4 * width,
            1e-5,
            Activation.GELU,
            1);
    var weights = new FormulaWeights(robertaShapes(width, layers));
    return TextTransformer.load(config, Readout.of(pooling), numbers, weights, manager);
  }

  private static Map<String, Shape> robertaShapes(int width, int layers) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("embeddings.word_embeddings.weight", new Shape(VOCABULARY, width));
    shapes.put("embeddings.position_embeddings.weight", new Shape(POSITIONS, width));
    shapes.put("embeddings.token_type_embeddings.weight", new Shape(1, width));
    both(shapes, "embeddings.LayerNorm", width);
    for (int i = 0; i < layers; i++) {
      String layer = "encoder.layer." + i + ".";
      for (String part : new String[] {"self.query", "self.key", "self.value", "output.dense"}) {
        both(shapes, layer + "attention." + part, width, width);
      }
      both(shapes, layer + "attention.output.LayerNorm", width);
      both(shapes, layer + "intermediate.dense", 4L * width, width);
      both(shapes, layer + "output.dense", width, 4L * width);
      both(shapes, layer + "output.LayerNorm", width);
    }
    return shapes;
  }

  private static void both(Map<String, Shape> shapes, String name, long... weight) {
    shapes.put(name + ".weight", new Shape(weight));
    shapes.put(name + ".bias", new Shape(weight[0]));
  }
}
