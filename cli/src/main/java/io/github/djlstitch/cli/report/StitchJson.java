// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.JsonFields;
import java.util.Map;
import java.util.TreeMap;

/** Maps the results of the root command to JSON; what was not measured is left out. */
final class StitchJson {
  private StitchJson() {}

  static JsonFields of(Results results) {
    JsonFields root = JsonFields.grid(Version.text());
    Dataset<?> data = results.outcome().dataset();
    root.with("dataset", dataset(data));
    if (!results.job().decoderDataset().equals(data.name())) {
      root.with("decoder_dataset", results.job().decoderDataset());
    }
    root.with("test_labels", labels(results.report().classes()))
        .with("anchors", anchors(results))
        .with("device", results.setting().device())
        .with("dtype", results.setting().numbers())
        .counts("seeds", results.job().stitching().seeds())
        .with("results", results.report().results().stream().map(StitchJson::result).toList())
        .with(
            "summary",
            results.report().methods().stream().map(m -> summary(results.report(), m)).toList());
    addPrediction(root, results.report());
    results.outcome().curve().ifPresent(curve -> root.with("curve", CurveReport.json(curve)));
    return root.texts("notes", StitchNotes.of(results))
        .with("timings_s", timings(results))
        .with(
            "cache",
            new JsonFields()
                .with("hits", results.cache().hits())
                .with("misses", results.cache().misses()));
  }

  static JsonFields dataset(Dataset<?> data) {
    return new JsonFields()
        .with("name", data.name())
        .with("classes", data.classes().size())
        .with("train", data.train().size())
        .with("test", data.test().size())
        .with("sha256", data.sha256());
  }

  private static JsonFields labels(StitchReport.ClassCounts classes) {
    return new JsonFields()
        .fraction("majority", classes.majority())
        .with("rarest", classes.rarest())
        .with("commonest", classes.commonest())
        .with("uneven", classes.isUneven());
  }

  private static JsonFields anchors(Results results) {
    Anchors first = results.report().anchors().get(0);
    return new JsonFields()
        .with("count", first.count())
        .with("strategy", first.strategy())
        .with("seed", first.seed())
        .with("center", results.job().stitching().centering().id())
        .with("sha256", first.sha256());
  }

  private static JsonFields result(StitchReport.Result result) {
    JsonFields json =
        new JsonFields()
            .with("encoder", result.encoder())
            .with("decoder", result.decoder())
            .with("method", result.method().id());
    if (!result.similarity().isEmpty()) {
      json.with("similarity", result.similarity());
    }
    json.with("seed", result.seed())
        .with("stitched", result.stitched())
        .with("metric", metrics(result.scores()));
    if (result.stitched()) {
      json.with("own", metrics(result.own()));
    }
    result.inPlace().ifPresent(scores -> json.with("in_place", metrics(scores)));
    if (!result.diagnostics().isEmpty()) {
      json.with("diagnostics", numbers(result.diagnostics()));
    }
    return json.with(
        "cost",
        new JsonFields()
            .with("paired_samples", result.cost().pairedSamples())
            .with("parameters", result.cost().parameters())
            .milli("fit_ms", result.cost().fitMillis())
            .milli("apply_ms", result.cost().applyMillis()));
  }

  private static JsonFields metrics(Map<Metric, Double> scores) {
    var json = new JsonFields();
    scores.forEach((metric, value) -> json.fraction(metric.id(), value));
    return json;
  }

  private static JsonFields summary(StitchReport report, Method method) {
    var row = new JsonFields().with("method", method.id());
    addAccuracy(row, report, method);
    var f1 = new JsonFields();
    addScores(f1, report, method, Metric.F1_MACRO);
    row.with(Metric.F1_MACRO.id(), f1)
        .measured(
            Diagnostics.EXPECTED_ACCURACY, report.diagnostic(method, Diagnostics.EXPECTED_ACCURACY))
        .measured(
            Diagnostics.CONDITION_NUMBER, report.diagnostic(method, Diagnostics.CONDITION_NUMBER))
        .measured(
            Diagnostics.RELATIVE_MISMATCH,
            report.diagnostic(method, Diagnostics.RELATIVE_MISMATCH));
    for (String name : AnswersTable.MEASURES) {
      row.measured(name, report.diagnostic(method, name));
    }
    JsonFields cost = cost(report, method);
    return cost.isEmpty() ? row : row.with("cost", cost);
  }

  static void addAccuracy(JsonFields row, StitchReport report, Method method) {
    addScores(row, report, method, Metric.ACCURACY);
    report.kept(method).ifPresent(share -> row.fraction("kept", share));
    report.inPlace(method, Metric.ACCURACY).ifPresent(s -> row.with("in_place", spread(s)));
  }

  private static void addScores(JsonFields row, StitchReport report, Method method, Metric metric) {
    report.own(method, metric).ifPresent(s -> row.with("own", spread(s)));
    report.stitched(method, metric).ifPresent(s -> row.with("stitched", spread(s)));
  }

  private static JsonFields spread(Spread spread) {
    var json = new JsonFields().fraction("mean", spread.mean());
    spread.std().ifPresent(std -> json.fraction("std", std));
    return json.with("n", spread.count());
  }

  // Means over stitched results; empty if there are none.
  private static JsonFields cost(StitchReport report, Method method) {
    return new JsonFields()
        .measured("paired_samples", report.cost(method, StitchReport.Cost::pairedSamples))
        .measured("parameters", report.cost(method, StitchReport.Cost::parameters))
        .measured("fit_ms", report.cost(method, StitchReport.Cost::fitMillis))
        .measured("apply_ms", report.cost(method, StitchReport.Cost::applyMillis));
  }

  private static void addPrediction(JsonFields root, StitchReport report) {
    var json = new JsonFields().measured("pearson", report.predictionCorrelation(method -> true));
    if (!json.isEmpty()) {
      root.with("foresight", json.with("n", report.predicted(method -> true).size()));
    }
  }

  private static JsonFields timings(Results results) {
    return new JsonFields()
        .milli("encode", results.outcome().encodeSeconds())
        .milli("fit", results.report().fitSeconds())
        .milli("evaluate", results.report().evaluateSeconds())
        .milli("total", results.outcome().totalSeconds());
  }

  private static JsonFields numbers(Map<String, Double> values) {
    var json = new JsonFields();
    new TreeMap<>(values).forEach(json::measured);
    return json;
  }
}
