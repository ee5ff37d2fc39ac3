// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing.Steps;
import java.util.List;
import java.util.Locale;

/**
 * A {@code preprocessor_config.json}, read as the Pillow image processors of Hugging Face
 * transformers do (5.18, {@code models/{vit,deit,clip}/image_processing_pil_*.py}).
 */
final class HuggingFaceConfig {
  private static final List<Integer> BLACK = List.of(0, 0, 0);
  private static final List<String> ENDINGS =
      List.of("ImageProcessorFast", "ImageProcessorPil", "ImageProcessor", "FeatureExtractor");
  private static final List<String> OTHER_STEPS =
      List.of(
          "do_pad",
          "use_square_size",
          "do_flip_channel_order",
          "do_thumbnail",
          "do_align_long_axis");

  /** A family of image processors with the defaults of its missing fields. */
  private record Family(
      ResizeFilter filter,
      int side,
      boolean shortestEdge,
      boolean crops,
      List<Double> mean,
      List<Double> std) {
    // transformers names ImageNet's "standard" numbers after Inception: all of them 0.5.
    static final Family VIT =
        new Family(
            ResizeFilter.BILINEAR, 224, false, false, Normalization.HALF, Normalization.HALF);
    static final Family DEIT =
        new Family(ResizeFilter.BICUBIC, 256, false, true, Normalization.HALF, Normalization.HALF);
    static final Family CLIP =
        new Family(
            ResizeFilter.BICUBIC, 224, true, true, Normalization.CLIP_MEAN, Normalization.CLIP_STD);
  }

  private static final int CROP = 224;

  private final JsonCard card;
  private final Family family;

  private HuggingFaceConfig(JsonCard card, Family family) {
    this.card = card;
    this.family = family;
  }

  /** The steps that a configuration asks for. */
  static Steps read(JsonCard card, String modelType) {
    for (String step : OTHER_STEPS) {
      if (card.gives(step) && card.flag(step)) {
        throw StitchException.badInput(
            "the image processor's step '%s' is not supported; pixels would be wrong without it",
            step);
      }
    }
    return new HuggingFaceConfig(card, family(card, modelType)).steps();
  }

  private static Family family(JsonCard card, String modelType) {
    String name = modelType;
    for (String field : List.of("feature_extractor_type", "image_processor_type")) {
      name = card.gives(field) ? card.text(field) : name;
    }
    return switch (kind(name)) {
      case "vit" -> Family.VIT;
      case "deit" -> Family.DEIT;
      case "clip", "clip_vision_model" -> Family.CLIP;
      default ->
          throw StitchException.badInput(
              "image processor '%s' is not supported, expected that of ViT, DeiT or CLIP", name);
    };
  }

  private static String kind(String name) {
    String stem = name;
    for (String ending : ENDINGS) {
      stem = stem.endsWith(ending) ? stem.substring(0, stem.length() - ending.length()) : stem;
    }
    return stem.toLowerCase(Locale.ROOT);
  }

  private Steps steps() {
    boolean crops = flag("do_center_crop", family.crops());
    boolean resizes = flag("do_resize", true);
    ResizeRule rule = resizes ? rule() : ResizeRule.NONE;
    Size target = size();
    if (!crops && rule != ResizeRule.STRETCH) {
      throw StitchException.badInput(
          "the image processor neither crops nor stretches, so that images differ in size");
    }
    Size crop = crops ? cropSize() : target;
    return steps(rule, target, crop);
  }

  private Steps steps(ResizeRule rule, Size target, Size crop) {
    ImageLimits.requireInput(target);
    ImageLimits.requireInput(crop);
    return new Steps(
        rule,
        target,
        card.gives("resample") ? ResizeFilter.ofCode(card.integer("resample")) : family.filter(),
        CropRule.TRANSFORMERS,
        crop,
        BLACK,
        numbers(),
        other -> steps(rule, scaled(rule, target, crop, other), other));
  }

  // The resized image grows with the crop.
  private static Size scaled(ResizeRule rule, Size target, Size crop, Size other) {
    int height = (int) ((long) target.height() * other.height() / crop.height());
    int width = (int) ((long) target.width() * other.width() / crop.width());
    return rule == ResizeRule.SHORTEST_EDGE
        ? square(Math.max(height, width))
        : new Size(height, width);
  }

  private ResizeRule rule() {
    if (card.givesCard("size")) {
      return card.card("size").gives("shortest_edge")
          ? ResizeRule.SHORTEST_EDGE
          : ResizeRule.STRETCH;
    }
    return family.shortestEdge() ? ResizeRule.SHORTEST_EDGE : ResizeRule.STRETCH;
  }

  private Size size() {
    if (!card.gives("size")) {
      return new Size(family.side(), family.side());
    }
    if (!card.givesCard("size")) {
      return square(card.size("size"));
    }
    JsonCard size = card.card("size");
    if (size.gives("shortest_edge")) {
      for (String field : List.of("longest_edge", "max_height", "max_width")) {
        if (size.gives(field)) {
          throw StitchException.badInput("field 'size.%s' is not supported", field);
        }
      }
      return square(size.size("shortest_edge"));
    }
    return new Size(size.size("height"), size.size("width"));
  }

  private Size cropSize() {
    if (!card.gives("crop_size")) {
      return square(CROP);
    }
    if (!card.givesCard("crop_size")) {
      return square(card.size("crop_size"));
    }
    JsonCard size = card.card("crop_size");
    return new Size(size.size("height"), size.size("width"));
  }

  private Normalization numbers() {
    double factor =
        card.gives("rescale_factor") ? card.number("rescale_factor") : Normalization.BYTE;
    factor = flag("do_rescale", true) ? factor : 1;
    if (!flag("do_normalize", true)) {
      return new Normalization(factor, List.of(0., 0., 0.), List.of(1., 1., 1.));
    }
    return new Normalization(
        factor,
        card.gives("image_mean") ? card.reals("image_mean") : family.mean(),
        card.gives("image_std") ? card.reals("image_std") : family.std());
  }

  private boolean flag(String field, boolean otherwise) {
    return card.gives(field) ? card.flag(field) : otherwise;
  }

  private static Size square(int side) {
    return new Size(side, side);
  }
}
