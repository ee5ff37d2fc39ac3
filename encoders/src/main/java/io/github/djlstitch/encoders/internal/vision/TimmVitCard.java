// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.util.List;
import java.util.Optional;

/** Reads a vision transformer's sizes from timm's {@code config.json} and the tensors' shapes. */
final class TimmVitCard {
  private static final int HEAD = 64; // dimensions of a head in all but the largest architectures
  private static final int LARGE_HEADS = 16;
  private static final List<String> LARGE = List.of("_huge_", "_giant_", "_gigantic_", "_so400m_");
  private static final double EPSILON = 1e-6;
  private static final String PATCHES = "patch_embed.proj.weight";
  // Those that this network knows, and those that matter in training only.
  private static final String[] ARGUMENTS = {
    "img_size",
    "patch_size",
    "embed_dim",
    "depth",
    "num_heads",
    "mlp_ratio",
    "global_pool",
    "num_classes",
    "in_chans",
    "qkv_bias",
    "fc_norm",
    "act_layer",
    "class_token",
    "no_embed_class",
    "init_values",
    "pre_norm",
    "dynamic_img_size",
    "strict_img_size",
    "drop_rate",
    "pos_drop_rate",
    "patch_drop_rate",
    "proj_drop_rate",
    "attn_drop_rate",
    "drop_path_rate",
    "weight_init"
  };

  private final JsonCard config;
  private final Optional<JsonCard> arguments;
  private final String architecture;

  private TimmVitCard(JsonCard config) {
    this.config = config;
    this.arguments =
        config.gives("model_args") ? Optional.of(config.card("model_args")) : Optional.empty();
    this.architecture = config.text("architecture");
  }

  static TimmVitCard of(JsonCard config) {
    var card = new TimmVitCard(config);
    card.requireSupported();
    return card;
  }

  private void requireSupported() {
    if (!architecture.startsWith("vit_") && !architecture.startsWith("deit_")) {
      throw StitchException.badInput(
          "architecture '%s' is not a supported vision transformer of timm;"
              + " expected vit_* or deit_*",
          architecture);
    }
    arguments.ifPresent(a -> a.requireOnly(ARGUMENTS));
    requireFlag("class_token", true);
    requireFlag("no_embed_class", false);
    requireFlag("pre_norm", false);
    if (argument("init_values").isPresent()) {
      throw StitchException.badInput(
          "'%s' scales its layers (model_args.init_values), which is not supported", architecture);
    }
  }

  private void requireFlag(String field, boolean expected) {
    if (flag(field, expected) != expected) {
      throw StitchException.badInput(
          "'%s' has model_args.%s %b, which is not supported", architecture, field, !expected);
    }
  }

  /**
   * The number of heads: as given, else the architecture's.
   *
   * @throws StitchException (bad input) if neither says
   */
  int heads(int width) {
    Optional<JsonCard> given = argument("num_heads");
    if (given.isPresent()) {
      return given.get().size("num_heads");
    }
    if (LARGE.stream().anyMatch(architecture::contains)) {
      return LARGE_HEADS;
    }
    if (width % HEAD != 0) {
      throw StitchException.badInput(
          "the number of heads of '%s' is unknown: its width %d is no multiple of %d;"
              + " give model_args.num_heads in config.json",
          architecture, width, HEAD);
    }
    return width / HEAD;
  }

  VitConfig config(WeightSource weights, int heads) {
    boolean distilled = weights.names().contains("dist_token");
    int patch = patch(weights);
    ImageSize image = image(patch, positions(weights) - (distilled ? 2 : 1));
    int depth = count(weights, "blocks.%d.norm1.weight");
    return new VitConfig(
        VitLayout.TIMM,
        width(weights),
        argument("depth").map(a -> a.size("depth")).orElse(depth),
        heads,
        dimension(weights, "blocks.0.mlp.fc1.weight", 2, 0),
        EPSILON,
        argument("act_layer")
            .map(a -> a.choice("act_layer", Activation.BY_NAME))
            .orElse(Activation.GELU),
        flag("qkv_bias", true),
        distilled,
        distilled ? TokenPool.PREFIX_MEAN : pool(),
        patch,
        image,
        image);
  }

  static int width(WeightSource weights) {
    return dimension(weights, "cls_token", 3, 2);
  }

  private static int positions(WeightSource weights) {
    return dimension(weights, "pos_embed", 3, 1);
  }

  /** Counts the tensors whose names differ by a number only, from 0 on. */
  static int count(WeightSource weights, String name) {
    int count = 0;
    while (weights.names().contains(String.format(name, count))) {
      count++;
    }
    return count;
  }

  private TokenPool pool() {
    JsonCard card = argument("global_pool").orElse(config);
    return card.gives("global_pool") ? TokenPool.timm(card.text("global_pool")) : TokenPool.TOKEN;
  }

  // Old files hold the patch embedding as a matrix (D, 3 P P).
  private int patch(WeightSource weights) {
    Shape shape = shape(weights, PATCHES);
    int side =
        shape.dimension() == 2
            ? (int) Math.round(Math.sqrt(shape.get(1) / 3.0))
            : dimension(weights, PATCHES, 4, 2);
    return side * ResNetShape.of(weights).map(ResNetShape::stride).orElse(1);
  }

  private ImageSize image(int patch, int patches) {
    ImageSize image = TimmCards.image(config);
    int side = (int) Math.round(Math.sqrt(patches));
    if (image != null && image.patches(patch).count() == patches) {
      return image;
    }
    if ((long) side * side != patches || side == 0) {
      throw StitchException.badInput(
          "tensor 'pos_embed' has %d positions of patches, which fit neither input_size nor a"
              + " square",
          patches);
    }
    return ImageSize.square(side * patch);
  }

  private boolean flag(String field, boolean otherwise) {
    return argument(field).map(a -> a.flag(field)).orElse(otherwise);
  }

  /** The model's arguments, if they give this one. */
  private Optional<JsonCard> argument(String field) {
    return arguments.filter(a -> a.gives(field));
  }

  private static int dimension(WeightSource weights, String name, int rank, int index) {
    Shape shape = shape(weights, name);
    if (shape.dimension() != rank) {
      throw StitchException.badInput(
          "tensor '%s' has shape %s but a vision transformer needs %d dimensions",
          name, shape, rank);
    }
    return Math.toIntExact(shape.get(index));
  }

  private static Shape shape(WeightSource weights, String name) {
    if (!weights.names().contains(name)) {
      throw StitchException.badInput(
          "the checkpoint lacks tensor '%s' that a vision transformer needs;"
              + " is it one in timm's layout?",
          name);
    }
    return weights.shape(name);
  }
}
