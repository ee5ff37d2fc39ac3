// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.measure.Measured;
import io.github.djlstitch.core.measure.Measured.PairingTest;
import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.core.measure.SpaceStatistics;

/** A comparison as one JSON object, schema 1; what was not measured is left out. */
final class CompareJson {
  private CompareJson() {}

  static String render(SpaceComparison comparison) {
    JsonObject root = new JsonObject();
    root.addProperty("schema", 1);
    root.addProperty("command", "compare");
    root.addProperty("version", Version.text());
    JsonArray spaces = new JsonArray();
    comparison.sides().forEach(side -> spaces.add(space(side)));
    root.add("spaces", spaces);
    root.addProperty("seed", comparison.resampling().seed());
    JsonArray results = new JsonArray();
    JsonArray summary = new JsonArray();
    for (SpaceComparison.Pair pair : comparison.pairs()) {
      pair.forward().forEach(m -> results.add(result(pair.a(), pair.b(), m)));
      pair.backward().forEach(m -> results.add(result(pair.b(), pair.a(), m)));
      summary.add(summary(pair));
    }
    root.add("results", results);
    root.add("summary", summary);
    JsonObject timings = new JsonObject();
    timings.addProperty("total", ReportJson.round(comparison.seconds(), ReportJson.MILLI));
    root.add("timings_s", timings);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root) + "\n";
  }

  private static JsonObject space(SpaceComparison.Side side) {
    var from = side.space().provenance();
    SpaceStatistics numbers = side.numbers();
    JsonObject json = new JsonObject();
    json.addProperty("label", side.label());
    json.addProperty("file", side.file().toString());
    json.addProperty("sha256", side.sha256());
    json.addProperty("encoder", from.encoder());
    json.addProperty("dataset", from.dataset());
    json.addProperty("split", from.split());
    json.addProperty("samples", numbers.rows());
    json.addProperty("width", numbers.width());
    json.addProperty(Diagnostics.EFFECTIVE_RANK, round(numbers.effectiveRank()));
    JsonObject norm = new JsonObject();
    norm.addProperty("mean", round(numbers.normMean()));
    norm.addProperty("std", round(numbers.normStd()));
    norm.addProperty("min", round(numbers.normMin()));
    norm.addProperty("max", round(numbers.normMax()));
    norm.addProperty("variation", round(numbers.normVariation()));
    json.add("norm", norm);
    return json;
  }

  private static JsonObject result(
      SpaceComparison.Side a, SpaceComparison.Side b, Measured measured) {
    JsonObject json = new JsonObject();
    json.addProperty("a", a.label());
    json.addProperty("b", b.label());
    json.addProperty("measure", measured.measure().id());
    json.addProperty("distance", measured.measure().kind().isDistance());
    json.addProperty("value", round(measured.value()));
    json.addProperty("samples", measured.rows());
    measured.interval().ifPresent(i -> json.add("interval", interval(i)));
    measured.chance().ifPresent(c -> json.add("chance", chance(c)));
    return json;
  }

  private static JsonObject interval(Measured.Interval interval) {
    JsonObject json = new JsonObject();
    json.addProperty("low", round(interval.low()));
    json.addProperty("high", round(interval.high()));
    json.addProperty("way", interval.way().id());
    json.addProperty("draws", interval.draws());
    json.addProperty("samples", interval.rows());
    return json;
  }

  private static JsonObject chance(Measured.Chance chance) {
    JsonObject json = new JsonObject();
    json.addProperty("mean", round(chance.mean()));
    json.addProperty("std", round(chance.std()));
    json.addProperty("p", round(chance.pValue()));
    json.addProperty("permutations", chance.permutations());
    json.addProperty("value", round(chance.observed()));
    json.addProperty("samples", chance.rows());
    return json;
  }

  private static JsonObject summary(SpaceComparison.Pair pair) {
    JsonObject json = new JsonObject();
    json.addProperty("a", pair.a().label());
    json.addProperty("b", pair.b().label());
    json.addProperty("shared", pair.samples().ids().size());
    json.addProperty("dropped_a", pair.samples().droppedX());
    json.addProperty("dropped_b", pair.samples().droppedY());
    PairingTest.pValue(pair.forward())
        .ifPresent(
            p -> {
              json.addProperty("p", round(p));
              json.addProperty("aligned", pair.isAligned());
            });
    return json;
  }

  private static double round(double value) {
    return ReportJson.round(value, ReportJson.MICRO);
  }
}
