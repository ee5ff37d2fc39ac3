// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.block.ClassDefaults;
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
    return of(config, type).config(VitLayout.HUGGING_FACE, type.equals("deit"));
  }

  static VitConfig clip(JsonCard config) {
    String type = requireType(config, Set.of("clip", "clip_vision_model"));
    JsonCard tower = config;
    if (type.equals("clip")) {
      // Without it, the sizes would be the class's, which are those of ViT-B/32.
      tower = config.card("vision_config");
    }
    return of(tower, "clip_vision_model").config(VitLayout.CLIP, false);
  }

  private static HuggingFaceVitCard of(JsonCard config, String type) {
    return new HuggingFaceVitCard(
        ClassDefaults.in(config, type, "hidden_size", "num_attention_heads"));
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

  private VitConfig config(VitLayout layout, boolean distilled) {
    if (config.size("num_channels") != 3) {
      throw StitchException.badInput(
          "config.json has num_channels %d; only images of 3 channels are read",
          config.size("num_channels"));
    }
    ImageSize image = ImageSize.of("image_size", config.sizes("image_size"));
    return new VitConfig(
        layout,
        config.size("hidden_size"),
        config.size("num_hidden_layers"),
        config.size("num_attention_heads"),
        config.size("intermediate_size"),
        config.number("layer_norm_eps"),
        config.choice("hidden_act", Activation.BY_NAME),
        layout == VitLayout.CLIP || config.flag("qkv_bias"),
        distilled,
        TokenPool.TOKEN,
        square("patch_size"),
        image,
        image);
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
