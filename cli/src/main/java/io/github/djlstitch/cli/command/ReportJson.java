// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A report as one JSON object, schema 1; what was not measured is left out. */
final class ReportJson {
  static final double MILLI = 1e3;
  static final double MICRO = 1e6;

  private ReportJson() {}

  static String render(Results results) {
    JsonObject root = new JsonObject();
    root.addProperty("schema", 1);
    root.addProperty("command", "stitch");
    root.addProperty("version", Version.text());
    Dataset<?> data = results.outcome().dataset();
    root.add("dataset", dataset(data));
    if (!results.job().decoderDataset().equals(data.name())) {
      root.addProperty("decoder_dataset", results.job().decoderDataset());
    }
    root.add("anchors", anchors(results));
    root.addProperty("device", results.setting().device());
    root.addProperty("dtype", results.setting().numbers());
    JsonArray seeds = new JsonArray();
    results.job().stitching().seeds().forEach(seeds::add);
    root.add("seeds", seeds);
    JsonArray rows = new JsonArray();
    results.report().results().forEach(result -> rows.add(result(result)));
    root.add("results", rows);
    root.add("summary", summary(results.report()));
    addPrediction(root, results.report());
    results.outcome().curve().ifPresent(curve -> root.add("curve", new CurveReport(curve).json()));
    root.add("timings_s", timings(results));
    JsonObject cache = new JsonObject();
    cache.addProperty("hits", results.cache().hits());
    cache.addProperty("misses", results.cache().misses());
    root.add("cache", cache);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root) + "\n";
  }

  static JsonObject dataset(Dataset<?> data) {
    JsonObject json = new JsonObject();
    json.addProperty("name", data.name());
    json.addProperty("classes", data.classes().size());
    json.addProperty("train", data.train().size());
    json.addProperty("test", data.test().size());
    json.addProperty("sha256", data.sha256());
    return json;
  }

  private static JsonObject anchors(Results results) {
    Anchors first = results.report().anchors().get(0);
    JsonObject json = new JsonObject();
    json.addProperty("count", first.count());
    json.addProperty("strategy", first.strategy());
    json.addProperty("seed", first.seed());
    json.addProperty("center", results.job().stitching().centering().id());
    json.addProperty("sha256", first.sha256());
    return json;
  }

  private static JsonObject result(StitchReport.Result result) {
    JsonObject json = new JsonObject();
    json.addProperty("encoder", result.encoder());
    json.addProperty("decoder", result.decoder());
    json.addProperty("method", result.method().id());
    if (!result.similarity().isEmpty()) {
      json.addProperty("similarity", result.similarity());
    }
    json.addProperty("seed", result.seed());
    JsonObject metric = new JsonObject();
    result.metrics().forEach((name, value) -> metric.addProperty(name.id(), round(value, MICRO)));
    json.add("metric", metric);
    json.addProperty("matched", result.matched());
    if (!result.diagnostics().isEmpty()) {
      json.add("diagnostics", numbers(result.diagnostics()));
    }
    JsonObject cost = new JsonObject();
    cost.addProperty("paired_samples", result.cost().pairedSamples());
    cost.addProperty("parameters", result.cost().parameters());
    cost.addProperty("fit_ms", round(result.cost().fitMillis(), MILLI));
    cost.addProperty("apply_ms", round(result.cost().applyMillis(), MILLI));
    json.add("cost", cost);
    return json;
  }

  private static JsonArray summary(StitchReport report) {
    JsonArray rows = new JsonArray();
    for (Method method : report.methods()) {
      JsonObject row = new JsonObject();
      row.addProperty("method", method.id());
      addAccuracy(row, report, method);
      row.addProperty("chance", round(report.chance(), MICRO));
      addFinite(
          row,
          Diagnostics.EXPECTED_ACCURACY,
          report.diagnostic(method, Diagnostics.EXPECTED_ACCURACY));
      JsonObject cost = cost(report, method);
      if (!cost.isEmpty()) {
        row.add("cost", cost);
      }
      rows.add(row);
    }
    return rows;
  }

  static void addAccuracy(JsonObject row, StitchReport report, Method method) {
    report.accuracy(method, true).forEach(s -> row.add("matched", spread(s)));
    report.accuracy(method, false).forEach(s -> row.add("stitched", spread(s)));
  }

  // Means over stitched results; empty if there are none.
  private static JsonObject cost(StitchReport report, Method method) {
    JsonObject json = new JsonObject();
    addFinite(json, "paired_samples", report.cost(method, StitchReport.Cost::pairedSamples));
    addFinite(json, "parameters", report.cost(method, StitchReport.Cost::parameters));
    addFinite(json, "fit_ms", report.cost(method, StitchReport.Cost::fitMillis));
    addFinite(json, "apply_ms", report.cost(method, StitchReport.Cost::applyMillis));
    return json;
  }

  private static void addPrediction(JsonObject root, StitchReport report) {
    JsonObject json = new JsonObject();
    addFinite(json, "pearson", report.predictionCorrelation(method -> true));
    if (!json.isEmpty()) {
      json.addProperty("n", report.predicted(method -> true).size());
      root.add("foresight", json);
    }
  }

  static void addFinite(JsonObject json, String name, OptionalDouble value) {
    value.ifPresent(v -> addFinite(json, name, v));
  }

  private static void addFinite(JsonObject json, String name, double value) {
    if (Double.isFinite(value)) {
      json.addProperty(name, number(value));
    }
  }

  private static JsonObject spread(Spread spread) {
    JsonObject json = new JsonObject();
    json.addProperty("mean", round(spread.mean(), MICRO));
    spread.std().ifPresent(std -> json.addProperty("std", round(std, MICRO)));
    json.addProperty("n", spread.count());
    return json;
  }

  private static JsonObject timings(Results results) {
    JsonObject json = new JsonObject();
    json.addProperty("encode", round(results.outcome().encodeSeconds(), MILLI));
    json.addProperty("fit", round(results.report().fitSeconds(), MILLI));
    json.addProperty("evaluate", round(results.report().evaluateSeconds(), MILLI));
    json.addProperty("total", round(results.outcome().totalSeconds(), MILLI));
    return json;
  }

  private static JsonObject numbers(Map<String, Double> values) {
    JsonObject json = new JsonObject();
    new TreeMap<>(values).forEach((name, value) -> addFinite(json, name, value));
    return json;
  }

  // A count is written without a fraction.
  static Number number(double value) {
    return value == Math.rint(value) ? (Number) (long) value : (Number) round(value, MICRO);
  }

  static double round(double value, double unit) {
    return Math.rint(value * unit) / unit;
  }
}
