// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.space.AnchorDiagnostics;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.Field;
import io.github.djlstitch.report.JsonFields;
import io.github.djlstitch.report.Records;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The measurements of {@code stitch anchors}.
 *
 * @param dataset whose training samples the spaces hold
 * @param anchorsFrom the data set that anchors were taken from, if another one
 * @param results by seed, then by encoder; at least one
 * @param encodeSeconds how long encoding took
 * @param totalSeconds how long all of it took
 */
public record AnchorsReport(
    Dataset<?> dataset,
    Optional<String> anchorsFrom,
    List<Result> results,
    double encodeSeconds,
    double totalSeconds) {
  private static final int DIGITS = 6;
  private static final List<String> COLUMNS =
      List.of(
          "encoder",
          "strategy",
          "seed",
          "count",
          "coverage",
          "covering_radius",
          "delta",
          "kept",
          Diagnostics.CONDITION_NUMBER,
          "effective_rank");

  /** Takes a copy. */
  public AnchorsReport {
    results = List.copyOf(results);
  }

  /** One choice in one encoder's space. */
  public record Result(String encoder, long seed, Anchors anchors, AnchorDiagnostics diagnostics) {}

  /** The report. */
  public Report report() {
    var records = new Records(COLUMNS, results.stream().map(AnchorsReport::fields).toList());
    return new Report(Blocks.of(Lines.of(heading()), table()), records, json());
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

  private static String fixed(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static List<Field> fields(Result result) {
    AnchorDiagnostics d = result.diagnostics();
    return List.of(
        Field.word(result.encoder()),
        Field.word(result.anchors().strategy()),
        Field.count(result.seed()),
        Field.count(d.count()),
        Field.fixed(d.coverage(), DIGITS),
        Field.fixed(d.coveringRadius(), DIGITS),
        Field.exact(d.delta()),
        Field.count(d.kept()),
        Field.fixed(d.conditionNumber(), DIGITS),
        Field.fixed(d.effectiveRank(), DIGITS));
  }

  private JsonFields json() {
    JsonFields root =
        JsonFields.report("anchors", Version.text()).with("dataset", StitchJson.dataset(dataset));
    anchorsFrom.ifPresent(name -> root.with("anchors_from", name));
    return root.with("results", results.stream().map(AnchorsReport::json).toList())
        .with(
            "timings_s",
            new JsonFields().milli("encode", encodeSeconds).milli("total", totalSeconds));
  }

  private static JsonFields json(Result result) {
    AnchorDiagnostics d = result.diagnostics();
    return new JsonFields()
        .with("encoder", result.encoder())
        .with("strategy", result.anchors().strategy())
        .with("seed", result.seed())
        .with("count", d.count())
        .with("sha256", result.anchors().sha256())
        .fraction("coverage", d.coverage())
        .fraction("covering_radius", d.coveringRadius())
        .exact("delta", d.delta())
        .with("kept", d.kept())
        .fraction(Diagnostics.CONDITION_NUMBER, d.conditionNumber())
        .fraction("effective_rank", d.effectiveRank());
  }
}
