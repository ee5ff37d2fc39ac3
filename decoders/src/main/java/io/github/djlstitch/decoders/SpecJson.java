// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.DecoderSpec;
import java.util.List;
import java.util.Locale;

/** A head's specification as it stands in its file. */
final class SpecJson {
  private SpecJson() {}

  /** The fields of a specification. */
  static JsonObject of(DecoderSpec spec) {
    JsonObject card = new JsonObject();
    card.addProperty("name", spec.name());
    card.addProperty("reads", spec.reads().id());
    card.add("training", spec.training().toJson());
    card.addProperty("similarity", spec.similarity().kind().id());
    card.addProperty("parameter", spec.similarity().parameter());
    if (spec.similarity().kind().distance()) {
      card.addProperty("distances", spec.similarity().negated() ? "negated" : "positive");
    }
    card.addProperty("center", spec.centering().id());
    card.addProperty("width", spec.width());
    card.addProperty("head", spec.head().text());
    card.addProperty("seed", spec.seed());
    card.add("classes", array(spec.classes()));
    card.add("anchors", spec.anchors().toJson());
    return card;
  }

  /** Reads the fields that {@link #of} wrote. */
  static DecoderSpec read(JsonCard card) {
    return new DecoderSpec(
        reads(card.text("reads")),
        Provenance.read(card.card("training")),
        Anchors.read(card.card("anchors")),
        similarity(card),
        Centering.named(card.text("center")),
        card.size("width"),
        card.texts("classes"),
        DecoderSpec.Head.parse(card.text("head")),
        card.integer("seed"));
  }

  private static Similarity similarity(JsonCard card) {
    var similarity = Similarity.named(card.text("similarity"), card.number("parameter"));
    boolean positive = card.has("distances") && card.text("distances").equals("positive");
    return positive ? similarity.positive() : similarity;
  }

  private static DecoderSpec.Reads reads(String id) {
    try {
      return DecoderSpec.Reads.valueOf(id.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw StitchException.badInput(
              "a head reads 'absolute', 'relative' or 'product', not '%s'", id)
          .because(e);
    }
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
