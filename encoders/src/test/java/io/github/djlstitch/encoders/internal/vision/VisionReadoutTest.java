// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layer and every pooling of small networks, against timm and transformers in float64. */
@Tag("processor")
class VisionReadoutTest {
  private static final JsonObject EXPECTED = Golden.json("vision-expected.json");
  private static final ImageSize WIDE = new ImageSize(32, 48);

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "timm-token, TOKEN, norm",
    "timm-avg, AVERAGE, fc_norm",
    "timm-max, MAX, fc_norm",
    "timm-avgmax, AVERAGE_MAX, fc_norm",
    "timm-avg-normed-before, AVERAGE, norm"
  })
  void timm(String name, TokenPool pool, String norm) {
    var config = config(VitLayout.TIMM, 2, 256, 1e-6, Activation.GELU, true, false, pool, WIDE);
    check(name, config, Map.of(norm + ".weight", new Shape(64)));
  }

  @Test
  void huggingFacesViT() {
    var config =
        config(
            VitLayout.HUGGING_FACE,
            4,
            96,
            1e-12,
            Activation.GELU_TANH,
            false,
            false,
            TokenPool.TOKEN,
            ImageSize.square(32));
    check("hf-vit", config, Map.of("pooler.dense.weight", new Shape(64, 64)));
  }

  @Test
  void huggingFacesDeiT() {
    var config =
        config(
            VitLayout.HUGGING_FACE,
            4,
            96,
            1e-12,
            Activation.GELU,
            true,
            true,
            TokenPool.TOKEN,
            ImageSize.square(32));
    check("hf-deit", config, Map.of("pooler.dense.weight", new Shape(64, 64)));
  }

  @Test
  void clip() {
    var config =
        config(
            VitLayout.CLIP,
            4,
            96,
            1e-5,
            Activation.GELU,
            true,
            false,
            TokenPool.TOKEN,
            ImageSize.square(32));
    check("clip", config, Map.of("visual_projection.weight", new Shape(24, 64)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.75, 1, 1.5, 2, 3})
  void rexNets(double multiplier) {
    var config = new RexNetConfig(multiplier, new ImageSize(32, 40));
    var weights = new FormulaWeights(RexNetShape.of(multiplier).tensors());
    JsonObject expected = EXPECTED.getAsJsonObject("rexnet " + multiplier);
    for (String key : expected.keySet()) {
      var network = RexNet.load(config, readout(key), NumberType.FLOAT32, weights, manager);
      assertDigest(expected.getAsJsonObject(key), network);
    }
  }

  @Test
  void vectorsOfUnitLengthPointTheSameWay() {
    for (var numbers : NumberType.values()) {
      float[] plain = rexNet(numbers, false);
      float[] unit = rexNet(numbers, true);
      double length = Math.sqrt(dot(plain, plain));
      for (int i = 0; i < plain.length; i++) {
        assertEquals(plain[i] / length, unit[i], 1e-5);
      }
    }
  }

  @Test
  void bfloat16PointsTheSameWay() {
    float[] exact = rexNet(NumberType.FLOAT32, true);
    assertTrue(dot(exact, rexNet(NumberType.BFLOAT16, true)) > 0.999);
    var shapes = FormulaModels.timm(192, 12, 64, 16, 3);
    float[] reference = vit(shapes, NumberType.FLOAT32);
    float[] fast = vit(shapes, NumberType.BFLOAT16);
    double lengths = Math.sqrt(dot(reference, reference) * dot(fast, fast));
    assertTrue(dot(reference, fast) / lengths > 0.999);
  }

  // Those of single layers are compared with the reference above.
  @ParameterizedTest
  @EnumSource(
      value = Pooling.class,
      names = {"CLS", "MEAN"})
  void allLayersInOnePass(Pooling pooling) {
    var config =
        config(
            VitLayout.HUGGING_FACE,
            4,
            96,
            1e-12,
            Activation.GELU,
            true,
            true,
            TokenPool.TOKEN,
            ImageSize.square(32));
    WeightSource weights = weights(config, Map.of());
    float[] every = vectors(config, weights, EncoderOptions.EVERY_LAYER, pooling);
    assertEquals((config.depth() + 1) * config.width(), every.length);
    for (int i = 0; i <= config.depth(); i++) {
      float[] one = vectors(config, weights, i, pooling);
      float[] part = Arrays.copyOfRange(every, i * config.width(), (i + 1) * config.width());
      assertArrayEquals(one, part, 1e-6f, "layer " + i);
    }
  }

  private float[] vectors(VitConfig config, WeightSource weights, int layer, Pooling pooling) {
    var readout = new Readout(layer, pooling, true);
    return FormulaModels.forward(
        VisionTransformer.load(config, readout, NumberType.FLOAT32, weights, manager), manager);
  }

  private float[] vit(Map<String, Shape> shapes, NumberType numbers) {
    return FormulaModels.forward(FormulaModels.vit(shapes, 192, 64, numbers, manager), manager);
  }

  private float[] rexNet(NumberType numbers, boolean unitLength) {
    var config = new RexNetConfig(1, ImageSize.square(64));
    var weights = new FormulaWeights(RexNetShape.of(1).tensors());
    var readout = new Readout(Readout.LAST_LAYER, Pooling.OWN, unitLength);
    return FormulaModels.forward(RexNet.load(config, readout, numbers, weights, manager), manager);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private void check(String name, VitConfig config, Map<String, Shape> optional) {
    JsonObject expected = EXPECTED.getAsJsonObject(name);
    WeightSource weights = weights(config, optional);
    for (String key : expected.keySet()) {
      VitConfig sized = key.endsWith(" 48 x 24") ? config.at(new ImageSize(48, 24)) : config;
      var network =
          VisionTransformer.load(sized, readout(key), NumberType.FLOAT32, weights, manager);
      assertDigest(expected.getAsJsonObject(key), network);
    }
  }

  private void assertDigest(JsonObject expected, VisionNetwork network) {
    float[] vector = FormulaModels.forward(network, manager);
    assertEquals(network.width(), vector.length);
    Golden.assertDigest(expected, vector);
  }

  // "layer2-mean", "cls", "own 48 x 24"
  private static Readout readout(String key) {
    String pooling = key.replaceFirst("layer\\d+-", "").replaceFirst(" .*", "");
    int layer =
        key.startsWith("layer")
            ? Integer.parseInt(key.replaceFirst("layer(\\d+)-.*", "$1"))
            : Readout.LAST_LAYER;
    return new Readout(layer, Pooling.valueOf(pooling.toUpperCase(Locale.ROOT)), false);
  }

  private static WeightSource weights(VitConfig config, Map<String, Shape> optional) {
    Map<String, Shape> known = new HashMap<>(optional);
    // As many as the layers need; which tensors they are is what is asked for here.
    IntStream.range(0, 20 * config.depth()).forEach(i -> known.put("any." + i, new Shape(1)));
    return new FormulaWeights(VitTensors.of(config, new FormulaWeights(known)).shapes());
  }

  private static VitConfig config(
      VitLayout layout,
      int heads,
      int intermediate,
      double epsilon,
      Activation activation,
      boolean queryBias,
      boolean distilled,
      TokenPool pool,
      ImageSize image) {
    return new VitConfig(
        layout,
        64,
        3,
        heads,
        intermediate,
        epsilon,
        activation,
        queryBias,
        distilled,
        pool,
        8,
        image,
        image);
  }
}
