// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.Field;
import io.github.djlstitch.report.Records;
import java.util.ArrayList;
import java.util.List;

/** Maps the results of the root command to records, a row for each measurement. */
public final class StitchRecords {
  private static final int DIGITS = 6;
  private static final List<Metric> METRICS =
      List.of(Metric.ACCURACY, Metric.F1_WEIGHTED, Metric.F1_MACRO);
  private static final List<String> DIAGNOSTICS =
      List.of(
          Diagnostics.EXPECTED_ACCURACY,
          Diagnostics.RECONSTRUCTION_COSINE,
          Diagnostics.CONDITION_NUMBER,
          Diagnostics.RELATIVE_MISMATCH);

  private StitchRecords() {}

  /** A row for each measurement; what was not measured is an empty field. */
  public static Records of(StitchReport report) {
    List<String> columns =
        new ArrayList<>(List.of("encoder", "decoder", "method", "similarity", "seed", "stitched"));
    METRICS.forEach(metric -> columns.add(metric.id()));
    columns.addAll(List.of("own_accuracy", "own_f1_macro", "kept", "in_place_accuracy"));
    columns.addAll(DIAGNOSTICS);
    columns.addAll(List.of("paired_samples", "parameters", "fit_ms", "apply_ms"));
    columns.addAll(AnswersTable.MEASURES);
    return new Records(columns, report.results().stream().map(StitchRecords::row).toList());
  }

  private static List<Field> row(StitchReport.Result r) {
    List<Field> row = new ArrayList<>();
    row.add(Field.word(r.encoder()));
    row.add(Field.word(r.decoder()));
    row.add(Field.word(r.method().id()));
    row.add(Field.word(r.similarity()));
    row.add(Field.count(r.seed()));
    row.add(Field.flag(r.stitched()));
    METRICS.forEach(metric -> row.add(Field.fixed(r.score(metric), DIGITS)));
    double own = r.own(Metric.ACCURACY);
    row.add(Field.fixed(own, DIGITS));
    row.add(Field.fixed(r.own(Metric.F1_MACRO), DIGITS));
    row.add(Field.fixed(r.stitched() ? r.score(Metric.ACCURACY) / own : Double.NaN, DIGITS));
    row.add(Field.fixed(inPlace(r), DIGITS));
    DIAGNOSTICS.forEach(name -> row.add(diagnostic(r, name)));
    row.add(Field.count(r.cost().pairedSamples()));
    row.add(Field.count(r.cost().parameters()));
    row.add(Field.fixed(r.cost().fitMillis(), 3));
    row.add(Field.fixed(r.cost().applyMillis(), 3));
    AnswersTable.MEASURES.forEach(name -> row.add(diagnostic(r, name)));
    return row;
  }

  private static Field diagnostic(StitchReport.Result r, String name) {
    return Field.fixed(r.diagnostics().getOrDefault(name, Double.NaN), DIGITS);
  }

  private static double inPlace(StitchReport.Result r) {
    return r.inPlace().map(scores -> scores.get(Metric.ACCURACY)).orElse(Double.NaN);
  }
}
