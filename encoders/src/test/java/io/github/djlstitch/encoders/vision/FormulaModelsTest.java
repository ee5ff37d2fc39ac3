// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import io.github.djlstitch.encoders.block.Activation;
import io.github.djlstitch.encoders.block.NumberType;
import io.github.djlstitch.encoders.block.Pooling;
import io.github.djlstitch.encoders.block.Readout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Full-size networks whose weights follow from their names, against timm in float64. */
class FormulaModelsTest {
  private static final JsonObject EXPECTED = Golden.json("formula-expected.json");

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({"rexnet_100, 1.0, 64", "rexnet_100, 1.0, 224", "rexnet_130, 1.3, 64"})
  void rexNets(String name, double multiplier, int side) {
    var weights = new FormulaWeights(RexNetShape.of(multiplier).tensors());
    var config = new RexNetConfig(multiplier, ImageSize.square(side));
    var network =
        RexNet.load(config, Readout.of(Pooling.OWN), NumberType.FLOAT32, weights, manager);
    check(network, EXPECTED.getAsJsonObject(name).getAsJsonObject("" + side));
  }

  @ParameterizedTest
  @CsvSource({"vit_tiny_patch16_224, 192", "vit_base_patch16_224, 768"})
  void visionTransformers(String name, int width) {
    var weights = new FormulaWeights(timm(width, 12, 224, 16, 3));
    check(vit(weights, width, 224), EXPECTED.getAsJsonObject(name).getAsJsonObject("224"));
  }

  @Test
  void hybrid() {
    var resNet =
        new ResNetShape(
            64,
            List.of(
                new ResNetShape.Stage(3, 64, 256),
                new ResNetShape.Stage(4, 128, 512),
                new ResNetShape.Stage(9, 256, 1024)));
    Map<String, Shape> shapes = timm(768, 12, 384, 1, 1024);
    shapes.put("pos_embed", new Shape(1, 577, 768));
    resNet.declare(shapes);
    check(
        vit(new FormulaWeights(shapes), 768, 384),
        EXPECTED.getAsJsonObject("vit_base_r50_s16_384").getAsJsonObject("384"));
  }

  private VisionNetwork vit(FormulaWeights weights, int width, int side) {
    ImageSize image = ImageSize.square(side);
    var config =
        new VitConfig(
            VitLayout.TIMM,
            width,
            12,
            width / 64,
            4 * width,
            1e-6,
            Activation.GELU,
            true,
            false,
            TokenPool.TOKEN,
            16,
            image,
            image);
    return VisionTransformer.load(
        config, Readout.of(Pooling.OWN), NumberType.FLOAT32, weights, manager);
  }

  private void check(VisionNetwork network, JsonObject expected) {
    var shape = new Shape(1, 3, network.imageHeight(), network.imageWidth());
    NDArray pixels = manager.create(FormulaWeights.values("input", shape), shape);
    float[] vector = Golden.forward(network, pixels);
    float[] first = Golden.values(expected.get("first16"));
    for (int i = 0; i < first.length; i++) {
      assertEquals(first[i], vector[i], Golden.TOLERANCE, "value " + i);
    }
    double sum = 0;
    double squares = 0;
    for (float value : vector) {
      sum += value;
      squares += (double) value * value;
    }
    assertEquals(expected.get("dim").getAsInt(), vector.length);
    assertEquals(expected.get("mean").getAsDouble(), sum / vector.length, Golden.TOLERANCE);
    assertEquals(expected.get("l2").getAsDouble(), Math.sqrt(squares), Golden.TOLERANCE);
  }

  // Names and shapes as timm has them, written down once more.
  private static Map<String, Shape> timm(int d, int depth, int side, int patch, int channels) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("cls_token", new Shape(1, 1, d));
    shapes.put("pos_embed", new Shape(1, (side / patch) * (side / patch) + 1, d));
    shapes.put("patch_embed.proj.weight", new Shape(d, channels, patch, patch));
    shapes.put("patch_embed.proj.bias", new Shape(d));
    for (int i = 0; i < depth; i++) {
      String block = "blocks." + i + ".";
      dense(shapes, block + "norm1", d);
      dense(shapes, block + "norm2", d);
      dense(shapes, block + "attn.qkv", 3L * d, d);
      dense(shapes, block + "attn.proj", d, d);
      dense(shapes, block + "mlp.fc1", 4L * d, d);
      dense(shapes, block + "mlp.fc2", d, 4L * d);
    }
    dense(shapes, "norm", d);
    return shapes;
  }

  private static void dense(Map<String, Shape> shapes, String name, long... weight) {
    shapes.put(name + ".weight", new Shape(weight));
    shapes.put(name + ".bias", new Shape(weight[0]));
  }
}
