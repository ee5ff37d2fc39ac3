// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.space.AnchorDiagnostics;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.report.Format;
import io.github.djlstitch.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code stitch anchors} measured, in the forms it is printed in. */
record AnchorsReport(
    Dataset<?> dataset,
    Optional<String> anchorsFrom,
    List<Result> results,
    double encodeSeconds,
    double totalSeconds) {

  /** One choice in one encoder's space. */
  record Result(String encoder, long seed, Anchors anchors, AnchorDiagnostics diagnostics) {}

  String render(Format format) {
    return switch (format) {
      case TABLE -> heading() + "\n" + table().text();
      case MARKDOWN -> heading() + "\n" + table().markdown();
      case CSV -> csv();
      case JSON ->
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json())
              + "\n";
    };
  }

  private String heading() {
    Anchors first = results.get(0).anchors();
    return "%s: %d train samples\n%d %s anchors%s, chosen with %s\n"
        .formatted(
            dataset.name(),
            dataset.train().size(),
            first.count(),
            first.strategy(),
            anchorsFrom.map(name -> " from " + name).orElse(""),
            results.get(0).encoder());
  }

  private TextTable table() {
    var table = new TextTable("encoder", "seed", "coverage", "radius", "kept", "condition", "rank");
    for (Result result : results) {
      AnchorDiagnostics d = result.diagnostics();
      table.row(
          result.encoder(),
          Long.toString(result.seed()),
          fixed("%.3f", d.coverage()),
          fixed("%.3f", d.coveringRadius()),
          Integer.toString(d.kept()),
          Double.isInfinite(d.conditionNumber()) ? "inf" : fixed("%.1f", d.conditionNumber()),
          fixed("%.1f", d.effectiveRank()));
    }
    return table;
  }

  private String csv() {
    var text =
        new StringBuilder(
            "encoder,strategy,seed,count,coverage,covering_radius,delta,kept,condition_number,"
                + "effective_rank\r\n");
    for (Result result : results) {
      AnchorDiagnostics d = result.diagnostics();
      text.append(
          String.join(
              ",",
              result.encoder(),
              result.anchors().strategy(),
              Long.toString(result.seed()),
              Integer.toString(d.count()),
              fixed("%.6f", d.coverage()),
              fixed("%.6f", d.coveringRadius()),
              Double.toString(d.delta()),
              Integer.toString(d.kept()),
              Double.isInfinite(d.conditionNumber()) ? "" : fixed("%.6f", d.conditionNumber()),
              fixed("%.6f", d.effectiveRank()) + "\r\n"));
    }
    return text.toString();
  }

  private JsonObject json() {
    JsonObject root = new JsonObject();
    root.addProperty("schema", 1);
    root.addProperty("command", "anchors");
    root.addProperty("version", Version.text());
    root.add("dataset", ReportJson.dataset(dataset));
    anchorsFrom.ifPresent(name -> root.addProperty("anchors_from", name));
    JsonArray rows = new JsonArray();
    results.forEach(result -> rows.add(json(result)));
    root.add("results", rows);
    JsonObject timings = new JsonObject();
    timings.addProperty("encode", ReportJson.round(encodeSeconds, ReportJson.MILLI));
    timings.addProperty("total", ReportJson.round(totalSeconds, ReportJson.MILLI));
    root.add("timings_s", timings);
    return root;
  }

  private static JsonObject json(Result result) {
    AnchorDiagnostics d = result.diagnostics();
    JsonObject json = new JsonObject();
    json.addProperty("encoder", result.encoder());
    json.addProperty("strategy", result.anchors().strategy());
    json.addProperty("seed", result.seed());
    json.addProperty("count", d.count());
    json.addProperty("sha256", result.anchors().sha256());
    json.addProperty("coverage", ReportJson.round(d.coverage(), ReportJson.MICRO));
    json.addProperty("covering_radius", ReportJson.round(d.coveringRadius(), ReportJson.MICRO));
    json.addProperty(Diagnostics.DELTA, d.delta());
    json.addProperty("kept", d.kept());
    if (Double.isFinite(d.conditionNumber())) {
      json.addProperty(
          Diagnostics.CONDITION_NUMBER, ReportJson.round(d.conditionNumber(), ReportJson.MICRO));
    }
    json.addProperty(
        Diagnostics.EFFECTIVE_RANK, ReportJson.round(d.effectiveRank(), ReportJson.MICRO));
    return json;
  }

  private static String fixed(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
