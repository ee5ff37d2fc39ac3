// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The built-in families: the names that a {@code config.json} gives them, and their classes. */
enum Family {
  BERT("bert roberta xlm-roberta camembert electra distilbert mpnet"),
  CLIP("clip"),
  CLIP_TEXT("clip_text_model"),
  CLIP_VISION("clip_vision_model"),
  VIT("vit deit"),
  TIMM_VIT(
      Pattern.compile("(vit|deit)_.*", Pattern.DOTALL),
      "vit_tiny_patch16_224 vit_small_patch16_224 vit_base_patch16_224 vit_base_patch16_384"
          + " vit_large_patch16_224 vit_base_r50_s16_384 deit_small_distilled_patch16_224"),
  TIMM_REXNET(
      Pattern.compile("rexnet_.*", Pattern.DOTALL),
      "rexnet_100 rexnet_130 rexnet_150 rexnet_200 rexnet_300");

  /** The library whose names they are. */
  enum Naming {
    HUGGING_FACE("model_type"),
    TIMM("architecture");

    private final String field;

    Naming(String field) {
      this.field = field;
    }

    /** Returns the field of {@code config.json} with the name. */
    String field() {
      return field;
    }
  }

  private final Naming naming;
  private final Pattern pattern;
  private final String names;

  Family(String names) {
    this.naming = Naming.HUGGING_FACE;
    this.pattern = Pattern.compile(names.replace(' ', '|'));
    this.names = names;
  }

  // timm's names hold sizes, which the classes read. Those listed are the ones it publishes that
  // they understand, for messages only.
  Family(Pattern timm, String names) {
    this.naming = Naming.TIMM;
    this.pattern = timm;
    this.names = names;
  }

  /** Finds the family of a name. */
  static Optional<Family> named(Naming naming, String name) {
    return Arrays.stream(values())
        .filter(family -> family.naming == naming && family.pattern.matcher(name).matches())
        .findFirst();
  }

  /** Lists the known names of a library, in order. */
  static SortedSet<String> names(Naming naming) {
    var names = new TreeSet<String>();
    Arrays.stream(values())
        .filter(family -> family.naming == naming)
        .forEach(family -> names.addAll(List.of(family.names.split(" "))));
    return names;
  }

  /** The architecture of a member of this family, which reads its sizes when they are needed. */
  Architecture architecture(String name, JsonCard config) {
    String printable = Printable.of(name);
    return switch (this) {
      case BERT -> new BertText(printable, config);
      case CLIP -> new Clip(printable, config);
      case CLIP_TEXT -> new ClipText(printable, config);
      case CLIP_VISION -> new ClipVision(printable, config);
      case VIT -> new HuggingFaceVit(printable, config);
      case TIMM_VIT -> new TimmVit(printable, config);
      case TIMM_REXNET -> new TimmRexNet(printable, config);
    };
  }
}
