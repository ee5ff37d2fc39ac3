// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Activation;
import java.util.List;
import java.util.Set;

/** Hugging Face's {@code config.json} of a vision transformer, with its classes' defaults. */
final class HuggingFaceVitCard {
  private final JsonCard config;

  private HuggingFaceVitCard(JsonCard config) {
    this.config = config;
  }

  static VitConfig vit(JsonCard config) {
    String type = requireType(config, Set.of("vit", "deit"));
    var card = new HuggingFaceVitCard(config);
    return card.config(VitLayout.HUGGING_FACE, type.equals("deit"), 1e-12, Activation.GELU, 16);
  }

  static VitConfig clip(JsonCard config) {
    String type = requireType(config, Set.of("clip", "clip_vision_model"));
    JsonCard tower = config;
    if (type.equals("clip")) {
      // Without it, the sizes would be the class's, which are those of ViT-B/32.
      tower = config.card("vision_config");
    }
    var card = new HuggingFaceVitCard(tower);
    return card.config(VitLayout.CLIP, false, 1e-5, Activation.QUICK_GELU, 32);
  }

  private static String requireType(JsonCard config, Set<String> known) {
    String type = config.text("model_type");
    if (!known.contains(type)) {
      throw StitchException.badInput(
          "config.json has model_type '%s'; expected one of %s",
          type, String.join(", ", known.stream().sorted().toList()));
    }
    return type;
  }

  private VitConfig config(
      VitLayout layout, boolean distilled, double epsilon, Activation activation, int patch) {
    if (size("num_channels", 3) != 3) {
      throw StitchException.badInput(
          "config.json has num_channels %d; only images of 3 channels are read",
          size("num_channels", 3));
    }
    ImageSize image = image();
    return new VitConfig(
        layout,
        size("hidden_size", 768),
        size("num_hidden_layers", 12),
        size("num_attention_heads", 12),
        size("intermediate_size", 3072),
        config.gives("layer_norm_eps") ? config.number("layer_norm_eps") : epsilon,
        config.gives("hidden_act") ? config.choice("hidden_act", Activation.BY_NAME) : activation,
        !config.gives("qkv_bias") || config.flag("qkv_bias"),
        distilled,
        TokenPool.TOKEN,
        config.gives("patch_size") ? square("patch_size") : patch,
        image,
        image);
  }

  private int size(String field, int otherwise) {
    return config.gives(field) ? config.size(field) : otherwise;
  }

  private ImageSize image() {
    return config.gives("image_size")
        ? ImageSize.of("image_size", config.sizes("image_size"))
        : ImageSize.square(224);
  }

  private int square(String field) {
    List<Integer> sizes = config.sizes(field);
    if (!sizes.get(0).equals(sizes.get(sizes.size() - 1))) {
      throw StitchException.badInput(
          "config.json has %s %s; only square patches are read", field, sizes);
    }
    return sizes.get(0);
  }
}
