// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.core.measure.Measured;
import io.github.djlstitch.core.measure.Measured.PairingTest;
import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.core.measure.SpaceStatistics;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.report.JsonFields;
import java.util.ArrayList;
import java.util.List;

/** Maps a comparison to JSON; what was not measured is left out. */
final class CompareJson {
  private CompareJson() {}

  static JsonFields of(SpaceComparison comparison) {
    List<JsonFields> results = new ArrayList<>();
    for (SpaceComparison.Pair pair : comparison.pairs()) {
      pair.forward().forEach(m -> results.add(result(pair.a(), pair.b(), m)));
      pair.backward().forEach(m -> results.add(result(pair.b(), pair.a(), m)));
    }
    var json =
        JsonFields.report("compare", Version.text())
            .with("spaces", comparison.sides().stream().map(CompareJson::space).toList())
            .with("seed", comparison.resampling().seed())
            .with("results", results);
    if (!comparison.notes().isEmpty()) {
      json.with("notes", comparison.notes().stream().map(CompareJson::note).toList());
    }
    return json.with("summary", comparison.pairs().stream().map(CompareJson::summary).toList())
        .with("timings_s", new JsonFields().milli("total", comparison.seconds()));
  }

  private static JsonFields note(String text) {
    return new JsonFields().with("note", text);
  }

  private static JsonFields space(SpaceComparison.Side side) {
    var from = side.space().provenance();
    SpaceStatistics numbers = side.numbers();
    var json =
        new JsonFields()
            .with("label", side.label())
            .with("file", side.file().toString())
            .with("sha256", side.sha256())
            .with("encoder", from.encoder())
            .with("dataset", from.dataset())
            .with("split", from.split())
            .with("samples", numbers.rows())
            .with("width", numbers.width())
            .fraction("effective_rank", numbers.effectiveRank())
            .with(
                "norm",
                new JsonFields()
                    .fraction("mean", numbers.normMean())
                    .fraction("std", numbers.normStd())
                    .fraction("min", numbers.normMin())
                    .fraction("max", numbers.normMax())
                    .fraction("variation", numbers.normVariation()));
    from.relative().ifPresent(to -> json.with("relative", relative(to)));
    return json;
  }

  private static JsonFields relative(Provenance.Relative to) {
    var settings = new JsonFields();
    to.settings().forEach(settings::with);
    return new JsonFields()
        .with("anchors", to.anchors().count())
        .with("sha256", to.anchors().sha256())
        .with("dataset", to.dataset())
        .with("settings", settings);
  }

  private static JsonFields result(
      SpaceComparison.Side a, SpaceComparison.Side b, Measured measured) {
    var json =
        new JsonFields()
            .with("a", a.label())
            .with("b", b.label())
            .with("measure", measured.measure().id())
            .with("distance", measured.measure().kind().isDistance())
            .fraction("value", measured.value())
            .with("samples", measured.rows());
    measured.interval().ifPresent(i -> json.with("interval", interval(i)));
    measured.chance().ifPresent(c -> json.with("chance", chance(c)));
    return json;
  }

  private static JsonFields interval(Measured.Interval interval) {
    return new JsonFields()
        .fraction("low", interval.low())
        .fraction("high", interval.high())
        .with("way", interval.way().id())
        .with("draws", interval.draws())
        .with("samples", interval.rows());
  }

  private static JsonFields chance(Measured.Chance chance) {
    return new JsonFields()
        .fraction("mean", chance.mean())
        .fraction("std", chance.std())
        .fraction("p", chance.pValue())
        .with("permutations", chance.permutations())
        .fraction("value", chance.observed())
        .with("samples", chance.rows());
  }

  private static JsonFields summary(SpaceComparison.Pair pair) {
    var json =
        new JsonFields()
            .with("a", pair.a().label())
            .with("b", pair.b().label())
            .with("shared", pair.samples().ids().size())
            .with("dropped_a", pair.samples().droppedX())
            .with("dropped_b", pair.samples().droppedY());
    PairingTest.pValue(pair.forward())
        .ifPresent(p -> json.fraction("p", p).with("aligned", pair.isAligned()));
    return json;
  }
}
