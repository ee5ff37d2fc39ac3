// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.LinkedHashMap;
import java.util.Map;

/** Networks of any size with {@link FormulaWeights}. */
public final class FormulaModels {
  private FormulaModels() {}

  /** A vision transformer of 12 blocks with heads of 64 and patches of 16 pixels. */
  public static VisionNetwork vit(
      Map<String, Shape> shapes, int width, int side, NumberType numbers, NDManager manager) {
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
        config, Readout.of(Pooling.OWN), numbers, new FormulaWeights(shapes), manager);
  }

  /** A ReXNet. */
  public static VisionNetwork rexNet(
      double multiplier, int side, NumberType numbers, NDManager manager) {
    WeightSource weights = rexNetWeights(multiplier);
    var config = new RexNetConfig(multiplier, ImageSize.square(side));
    return RexNet.load(config, Readout.of(Pooling.OWN), numbers, weights, manager);
  }

  /** The weights of a ReXNet. */
  public static WeightSource rexNetWeights(double multiplier) {
    return new FormulaWeights(RexNetShape.of(multiplier).tensors());
  }

  static float[] forward(VisionNetwork network, NDManager manager) {
    var shape = new Shape(1, 3, network.imageHeight(), network.imageWidth());
    NDArray pixels = manager.create(FormulaWeights.values("input", shape), shape);
    return Golden.forward(network, pixels);
  }

  /** Names and shapes of a vision transformer as timm has them, written down once more. */
  public static Map<String, Shape> timm(int d, int depth, int side, int patch, int channels) {
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
