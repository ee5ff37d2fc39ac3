// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** The parts of a space card as JSON objects. */
final class SpaceCardJson {
  private SpaceCardJson() {}

  static JsonObject codec(CodecSpec spec) {
    JsonObject json = new JsonObject();
    json.addProperty("name", spec.name());
    json.addProperty("center", spec.centering().id());
    JsonObject options = new JsonObject();
    spec.options().forEach(options::addProperty);
    json.add("options", options);
    json.addProperty("delta", spec.subspaces().map(Subspaces::delta).orElse(0.0));
    return json;
  }

  /**
   * Reads what codes mean.
   *
   * @param subspaces gives the subspaces of the card by their delta
   */
  static CodecSpec codec(JsonCard json, DoubleFunction<Optional<Subspaces>> subspaces) {
    json.requireOnly("name", "center", "options", "delta");
    return new CodecSpec(
        json.text("name"),
        centering(json.text("center")),
        json.numbers("options"),
        subspaces.apply(json.number("delta")));
  }

  private static Centering centering(String id) {
    return Arrays.stream(Centering.values())
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> StitchException.badInput("space card with the unknown centring '%s'", id));
  }

  static JsonObject statistics(CodecDiagnostics diagnostics) {
    JsonObject json = new JsonObject();
    json.addProperty("condition_number", diagnostics.conditionNumber());
    json.addProperty("rank", diagnostics.rank());
    json.addProperty("effective_rank", diagnostics.effectiveRank());
    json.addProperty("mean_norm", diagnostics.norms().mean());
    json.addProperty("std_norm", diagnostics.norms().std());
    return json;
  }

  static CodecDiagnostics statistics(JsonCard json, int anchors, Optional<Subspaces> subspaces) {
    json.requireOnly("condition_number", "rank", "effective_rank", "mean_norm", "std_norm");
    return new CodecDiagnostics(
        anchors,
        subspaces.map(s -> s.kept().stream().map(List::size).toList()).orElse(List.of(anchors)),
        json.number("condition_number"),
        Math.toIntExact(json.integer("rank")),
        json.number("effective_rank"),
        new NormStatistics(json.number("mean_norm"), json.number("std_norm")));
  }
}
