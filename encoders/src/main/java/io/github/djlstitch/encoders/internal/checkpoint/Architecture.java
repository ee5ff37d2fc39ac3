// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The network architecture of a checkpoint.
 *
 * @param name timm's architecture or Hugging Face's model type
 * @param kind the built-in family, or exported
 */
record Architecture(String name, Kind kind, Modality modality) {
  /** Built-in architectures and exported graphs. */
  enum Kind {
    TIMM_VIT,
    TIMM_REXNET,
    VIT,
    CLIP_VISION,
    TEXT,
    CLIP_TEXT,
    CLIP,
    EXPORTED
  }

  private static final Map<String, Kind> MODEL_TYPES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("bert", Kind.TEXT),
              Map.entry("roberta", Kind.TEXT),
              Map.entry("xlm-roberta", Kind.TEXT),
              Map.entry("camembert", Kind.TEXT),
              Map.entry("electra", Kind.TEXT),
              Map.entry("distilbert", Kind.TEXT),
              Map.entry("mpnet", Kind.TEXT),
              Map.entry("clip", Kind.CLIP),
              Map.entry("clip_text_model", Kind.CLIP_TEXT),
              Map.entry("clip_vision_model", Kind.CLIP_VISION),
              Map.entry("vit", Kind.VIT),
              Map.entry("deit", Kind.VIT)));

  // Those that timm publishes under names that these networks understand; only for messages, as
  // names of other sizes are understood, too.
  private static final Map<String, Kind> TIMM =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("vit_tiny_patch16_224", Kind.TIMM_VIT),
              Map.entry("vit_small_patch16_224", Kind.TIMM_VIT),
              Map.entry("vit_base_patch16_224", Kind.TIMM_VIT),
              Map.entry("vit_base_patch16_384", Kind.TIMM_VIT),
              Map.entry("vit_large_patch16_224", Kind.TIMM_VIT),
              Map.entry("vit_base_r50_s16_384", Kind.TIMM_VIT),
              Map.entry("deit_small_distilled_patch16_224", Kind.TIMM_VIT),
              Map.entry("rexnet_100", Kind.TIMM_REXNET),
              Map.entry("rexnet_130", Kind.TIMM_REXNET),
              Map.entry("rexnet_150", Kind.TIMM_REXNET),
              Map.entry("rexnet_200", Kind.TIMM_REXNET),
              Map.entry("rexnet_300", Kind.TIMM_REXNET)));

  /**
   * Reads the architecture from a configuration.
   *
   * @param exported modality that the folder's other files allow a graph; empty without a graph
   * @throws StitchException (unavailable) naming the nearest known one, if it is another and there
   *     is no graph
   */
  static Architecture of(JsonCard config, Optional<Modality> exported, ModelFolder folder) {
    if (config.gives("architecture")) {
      return timm(config.text("architecture"), folder);
    }
    if (!config.gives("model_type")) {
      return exported
          .map(modality -> new Architecture("exported", Kind.EXPORTED, modality))
          .orElseThrow(
              () ->
                  StitchException.badInput(
                      "'%s' has neither 'model_type' (Hugging Face) nor 'architecture' (timm);"
                          + " is it the configuration of an encoder?",
                      folder.file("config.json")));
    }
    String type = config.text("model_type");
    Kind kind = MODEL_TYPES.get(type);
    if (kind != null) {
      return new Architecture(type, kind, modality(kind));
    }
    return exported
        .map(modality -> new Architecture(Printable.of(type), Kind.EXPORTED, modality))
        .orElseThrow(() -> unknown("model_type", type, MODEL_TYPES, folder));
  }

  private static Architecture timm(String name, ModelFolder folder) {
    Kind kind = null;
    if (name.startsWith("rexnet_")) {
      kind = Kind.TIMM_REXNET;
    } else if (name.startsWith("vit_") || name.startsWith("deit_")) {
      kind = Kind.TIMM_VIT;
    }
    if (kind == null) {
      throw unknown("architecture", name, TIMM, folder);
    }
    return new Architecture(Printable.of(name), kind, Modality.IMAGE);
  }

  private static StitchException unknown(
      String field, String name, Map<String, Kind> known, ModelFolder folder) {
    return StitchException.unavailable(
        "'%s' has %s '%s', which is not built in; %sknown: %s; others run from onnx/model.onnx",
        folder.file("config.json"),
        field,
        Printable.of(name),
        NearestName.hint(name, known.keySet()),
        String.join(", ", known.keySet()));
  }

  private static Modality modality(Kind kind) {
    return switch (kind) {
      case TEXT, CLIP_TEXT -> Modality.TEXT;
      case CLIP -> Modality.TEXT_AND_IMAGE;
      default -> Modality.IMAGE;
    };
  }
}
