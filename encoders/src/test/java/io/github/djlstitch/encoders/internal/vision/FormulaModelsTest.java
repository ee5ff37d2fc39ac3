// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import io.github.djlstitch.encoders.RealSizeModel;
import io.github.djlstitch.encoders.options.NumberType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Full-size networks whose weights follow from their names, against timm in float64. */
@Tag("processor")
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
    var network = FormulaModels.rexNet(multiplier, side, NumberType.FLOAT32, manager);
    check(network, EXPECTED.getAsJsonObject(name).getAsJsonObject("" + side));
  }

  @ParameterizedTest
  @CsvSource({"vit_tiny_patch16_224, 192", "vit_base_patch16_224, 768"})
  void visionTransformers(String name, int width) {
    var network = vit(FormulaModels.timm(width, 12, 224, 16, 3), width, 224);
    check(network, EXPECTED.getAsJsonObject(name).getAsJsonObject("224"));
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
    Map<String, Shape> shapes = FormulaModels.timm(768, 12, 384, 1, 1024);
    shapes.put("pos_embed", new Shape(1, 577, 768));
    resNet.declare(shapes);
    check(
        vit(shapes, 768, 384),
        EXPECTED.getAsJsonObject("vit_base_r50_s16_384").getAsJsonObject("384"));
  }

  // The kernels of a convolution depend on its channels and on the image's size.
  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void bottlenecksOfRealSize(int batch) {
    var model = RealSizeModel.of("vit_bottlenecks");
    assertEquals(
        0,
        model.difference(model.load(NumberType.FLOAT32, manager), batch, manager),
        Golden.TOLERANCE);
  }

  private VisionNetwork vit(Map<String, Shape> shapes, int width, int side) {
    return FormulaModels.vit(shapes, width, side, NumberType.FLOAT32, manager);
  }

  private void check(VisionNetwork network, JsonObject expected) {
    float[] vector = FormulaModels.forward(network, manager);
    assertEquals(expected.get("dim").getAsInt(), vector.length);
    Golden.assertDigest(expected, vector);
  }
}
