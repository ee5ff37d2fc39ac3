// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.stitch.AnchorCurve;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.Blocks.Block;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.Field;
import io.github.djlstitch.report.JsonFields;
import io.github.djlstitch.report.Records;
import io.github.djlstitch.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** Maps accuracy by the number of anchors to tables, records and JSON. */
final class CurveReport {
  private static final int COLUMNS = 9;
  private static final Metric ACCURACY = Metric.ACCURACY;
  private static final String CONDITION = Diagnostics.CONDITION_NUMBER;

  private CurveReport() {}

  /** Tables of 80 columns at most: stitched, own and kept. */
  static List<Block> tables(AnchorCurve curve) {
    List<Block> blocks = new ArrayList<>();
    add(blocks, "stitched accuracy", curve, (report, m) -> mean(report.stitched(m, ACCURACY)));
    add(blocks, "own accuracy", curve, (report, m) -> mean(report.own(m, ACCURACY)));
    add(blocks, "kept", curve, (report, m) -> SummaryTable.percent(report.kept(m)));
    return blocks;
  }

  private static void add(
      List<Block> blocks,
      String what,
      AnchorCurve curve,
      BiFunction<StitchReport, Method, String> cell) {
    blocks.add(Lines.of("\n" + what + " by the number of anchors\n"));
    List<Integer> counts = curve.counts();
    for (int from = 0; from < counts.size(); from += COLUMNS) {
      if (from > 0) {
        blocks.add(Lines.blank());
      }
      int to = Math.min(counts.size(), from + COLUMNS);
      blocks.add(table(curve, counts.subList(from, to), cell));
    }
  }

  private static TextTable table(
      AnchorCurve curve, List<Integer> counts, BiFunction<StitchReport, Method, String> cell) {
    List<String> header = new ArrayList<>(List.of("anchors"));
    counts.forEach(count -> header.add(count.toString()));
    var table = new TextTable(header);
    for (Method method : curve.methods()) {
      List<String> row = new ArrayList<>(List.of(method.id()));
      counts.forEach(count -> row.add(cell.apply(curve.at(count).orElseThrow(), method)));
      table.row(row);
    }
    return table;
  }

  private static String mean(Optional<Spread> spread) {
    return spread.map(s -> String.format(Locale.ROOT, "%.3f", s.mean())).orElse("-");
  }

  /** An object for each number of anchors and method. */
  static List<JsonFields> json(AnchorCurve curve) {
    List<JsonFields> rows = new ArrayList<>();
    curve
        .reports()
        .forEach(
            (count, report) -> report.methods().forEach(m -> rows.add(json(count, report, m))));
    return rows;
  }

  private static JsonFields json(int count, StitchReport report, Method method) {
    var row = new JsonFields().with("anchors", count).with("method", method.id());
    StitchJson.addAccuracy(row, report, method);
    return row.measured(CONDITION, report.diagnostic(method, CONDITION));
  }

  /** A row for each number of anchors and method; absent numbers are empty fields. */
  static Records records(AnchorCurve curve) {
    List<List<Field>> rows = new ArrayList<>();
    curve
        .reports()
        .forEach((count, report) -> report.methods().forEach(m -> rows.add(row(count, report, m))));
    return new Records(
        List.of(
            "anchors",
            "method",
            "own_mean",
            "own_std",
            "own_n",
            "stitched_mean",
            "stitched_std",
            "stitched_n",
            "kept",
            CONDITION),
        rows);
  }

  private static List<Field> row(int count, StitchReport report, Method method) {
    List<Field> row = new ArrayList<>(List.of(Field.count(count), Field.word(method.id())));
    row.addAll(fields(report.own(method, ACCURACY)));
    row.addAll(fields(report.stitched(method, ACCURACY)));
    row.add(Field.fixed(report.kept(method)));
    row.add(Field.fixed(report.diagnostic(method, CONDITION)));
    return row;
  }

  private static List<Field> fields(Optional<Spread> spread) {
    return spread
        .map(s -> List.of(Field.fixed(s.mean(), 6), Field.fixed(s.std()), Field.count(s.count())))
        .orElse(List.of(Field.empty(), Field.empty(), Field.empty()));
  }
}
