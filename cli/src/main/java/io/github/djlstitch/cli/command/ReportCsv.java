// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.Csv;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A report as RFC 4180 CSV, a line for each measurement. */
public final class ReportCsv {
  private static final List<Metric> METRICS =
      List.of(Metric.ACCURACY, Metric.F1_WEIGHTED, Metric.F1_MACRO);

  private static final List<String> DIAGNOSTICS =
      List.of(
          Diagnostics.EXPECTED_ACCURACY,
          Diagnostics.RECONSTRUCTION_COSINE,
          Diagnostics.CONDITION_NUMBER,
          Diagnostics.RELATIVE_MISMATCH);

  private ReportCsv() {}

  public static String render(StitchReport report) {
    var text = new StringBuilder("encoder,decoder,method,similarity,seed,matched");
    METRICS.forEach(metric -> text.append(',').append(metric.id()));
    DIAGNOSTICS.forEach(name -> text.append(',').append(name));
    text.append(",paired_samples,parameters,fit_ms,apply_ms\r\n");
    report.results().forEach(result -> text.append(line(result)).append("\r\n"));
    return text.toString();
  }

  private static String line(StitchReport.Result r) {
    String scores =
        METRICS.stream()
            .map(metric -> String.format(Locale.ROOT, "%.6f", r.score(metric)))
            .collect(Collectors.joining(","));
    return String.join(
        ",",
        Csv.field(r.encoder()),
        Csv.field(r.decoder()),
        r.method().id(),
        r.similarity(),
        Long.toString(r.seed()),
        Boolean.toString(r.matched()),
        scores,
        DIAGNOSTICS.stream().map(name -> diagnostic(r, name)).collect(Collectors.joining(",")),
        cost(r.cost()));
  }

  private static String diagnostic(StitchReport.Result r, String name) {
    Double value = r.diagnostics().get(name);
    return number(value == null ? OptionalDouble.empty() : OptionalDouble.of(value));
  }

  private static String cost(StitchReport.Cost cost) {
    return String.format(
        Locale.ROOT,
        "%d,%d,%.3f,%.3f",
        cost.pairedSamples(),
        cost.parameters(),
        cost.fitMillis(),
        cost.applyMillis());
  }

  /** A number, or an empty field where there is none. */
  static String number(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? String.format(Locale.ROOT, "%.6f", value.getAsDouble())
        : "";
  }
}
