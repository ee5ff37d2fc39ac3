// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A vision transformer's checkpoint as the network reads it: under one set of names, positions for
 * its image size, and the patch embedding as a convolution.
 */
final class VitWeights implements WeightSource {
  private static final Map<String, String> ALIASES =
      Map.of(
          "attention.q_proj", "attention.attention.query",
          "attention.k_proj", "attention.attention.key",
          "attention.v_proj", "attention.attention.value",
          "attention.o_proj", "attention.output.dense",
          "mlp.fc1", "intermediate.dense",
          "mlp.fc2", "output.dense");

  private final VitConfig config;
  private final WeightSource source;
  private final Map<String, String> own = new HashMap<>(); // the checkpoint's name of each tensor

  private VitWeights(VitConfig config, WeightSource source) {
    this.config = config;
    this.source = source;
    for (String name : source.names()) {
      String twin = own.put(canonical(name), name);
      if (twin != null) {
        throw StitchException.badInput(
            "the checkpoint has both tensor '%s' and '%s', which are the same one of a vision"
                + " transformer; remove one",
            twin, name);
      }
    }
  }

  static VitWeights of(VitConfig config, WeightSource source) {
    return new VitWeights(config, source);
  }

  @Override
  public Set<String> names() {
    return own.keySet();
  }

  @Override
  public Shape shape(String name) {
    Shape shape = source.shape(own.getOrDefault(name, name));
    if (isPositions(name) && isTrained(shape) && isResampled()) {
      return config.layout().storesFlat()
          ? new Shape(config.tokens(), config.width())
          : new Shape(1, config.tokens(), config.width());
    }
    return isMatrixOfPatches(name, shape) ? asConvolution(shape) : shape;
  }

  @Override
  public NDArray tensor(NDManager manager, String name) {
    NDArray tensor = source.tensor(manager, own.getOrDefault(name, name)); // as stored
    if (isPositions(name) && isResampled()) {
      return resampled(tensor, manager).reshape(shape(name));
    }
    return isMatrixOfPatches(name, tensor.getShape())
        ? tensor.reshape(asConvolution(tensor.getShape()))
        : tensor;
  }

  private NDArray resampled(NDArray tensor, NDManager manager) {
    float[] all = tensor.toFloatArray();
    int prefix = config.prefix() * config.width();
    float[] grid = Arrays.copyOfRange(all, prefix, all.length);
    float[] other =
        PositionEmbedding.resample(
            grid,
            config.width(),
            config.trained().patches(config.patch()),
            config.image().patches(config.patch()),
            config.layout().smoothsPositions());
    float[] result = Arrays.copyOf(all, prefix + other.length);
    System.arraycopy(other, 0, result, prefix, other.length);
    return manager.create(result);
  }

  private boolean isPositions(String name) {
    return name.equals(config.layout().names().positions());
  }

  private boolean isResampled() {
    return !config.image().equals(config.trained());
  }

  private boolean isTrained(Shape shape) {
    long tokens = config.prefix() + config.trained().patches(config.patch()).count();
    return shape.equals(
        config.layout().storesFlat()
            ? new Shape(tokens, config.width())
            : new Shape(1, tokens, config.width()));
  }

  private boolean isMatrixOfPatches(String name, Shape shape) {
    return name.equals("patch_embed.proj.weight")
        && shape.dimension() == 2
        && shape.get(1) == 3L * config.patch() * config.patch();
  }

  private Shape asConvolution(Shape shape) {
    return new Shape(shape.get(0), 3, config.patch(), config.patch());
  }

  private String canonical(String name) {
    return switch (config.layout()) {
      case TIMM -> name;
      case CLIP -> isTower(name) ? "vision_model." + name : name;
      case HUGGING_FACE -> renamed(name.replaceFirst("^(vit|deit)\\.", ""));
    };
  }

  // Names of an image tower that was saved by itself.
  private static boolean isTower(String name) {
    return name.startsWith("embeddings.")
        || name.startsWith("encoder.")
        || name.startsWith("pre_layrnorm.")
        || name.startsWith("post_layernorm.");
  }

  // The names that transformers 5 has in memory.
  private static String renamed(String name) {
    if (!name.startsWith("layers.")) {
      return name;
    }
    String block = "encoder.layer." + name.substring("layers.".length());
    for (var alias : ALIASES.entrySet()) {
      block = block.replace("." + alias.getKey() + ".", "." + alias.getValue() + ".");
    }
    return block;
  }
}
