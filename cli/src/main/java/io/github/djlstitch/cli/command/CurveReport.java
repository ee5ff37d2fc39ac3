// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.stitch.AnchorCurve;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Accuracy by the number of anchors, as tables, JSON and CSV. */
final class CurveReport {
  private static final int COLUMNS = 9;

  private final AnchorCurve curve;

  CurveReport(AnchorCurve curve) {
    this.curve = curve;
  }

  /** Tables of 80 columns at most, stitched before matched. */
  String tables(Function<TextTable, String> form) {
    var text = new StringBuilder();
    for (boolean matched : new boolean[] {false, true}) {
      text.append('\n')
          .append(matched ? "matched" : "stitched")
          .append(" accuracy by the number of anchors\n\n");
      List<Integer> counts = curve.counts();
      for (int from = 0; from < counts.size(); from += COLUMNS) {
        List<Integer> part = counts.subList(from, Math.min(counts.size(), from + COLUMNS));
        text.append(from == 0 ? "" : "\n").append(form.apply(table(part, matched)));
      }
    }
    return text.toString();
  }

  private TextTable table(List<Integer> counts, boolean matched) {
    List<String> header = new ArrayList<>(List.of("anchors"));
    counts.forEach(count -> header.add(count.toString()));
    var table = new TextTable(header);
    for (Method method : curve.methods()) {
      List<String> row = new ArrayList<>(List.of(method.id()));
      counts.forEach(count -> row.add(mean(report(count).accuracy(method, matched))));
      table.row(row);
    }
    return table;
  }

  private StitchReport report(int count) {
    return curve.at(count).orElseThrow();
  }

  private static String mean(List<Spread> spreads) {
    return spreads.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", spreads.get(0).mean());
  }

  /** A row for each number of anchors and method. */
  JsonArray json() {
    JsonArray rows = new JsonArray();
    curve.reports().forEach((count, report) -> rows.addAll(json(count, report)));
    return rows;
  }

  private static JsonArray json(int count, StitchReport report) {
    JsonArray rows = new JsonArray();
    for (Method method : report.methods()) {
      JsonObject row = new JsonObject();
      row.addProperty("anchors", count);
      row.addProperty("method", method.id());
      ReportJson.addAccuracy(row, report, method);
      ReportJson.addFinite(
          row,
          Diagnostics.CONDITION_NUMBER,
          report.diagnostic(method, Diagnostics.CONDITION_NUMBER));
      rows.add(row);
    }
    return rows;
  }

  /** A line for each number of anchors and method; absent numbers are empty fields. */
  String csv() {
    var text =
        new StringBuilder(
            "anchors,method,matched_mean,matched_std,matched_n,"
                + "stitched_mean,stitched_std,stitched_n,condition_number\r\n");
    curve
        .reports()
        .forEach(
            (count, report) ->
                report
                    .methods()
                    .forEach(method -> text.append(line(count, report, method)).append("\r\n")));
    return text.toString();
  }

  private static String line(int count, StitchReport report, Method method) {
    return String.join(
        ",",
        Integer.toString(count),
        method.id(),
        fields(report.accuracy(method, true)),
        fields(report.accuracy(method, false)),
        ReportCsv.number(report.diagnostic(method, Diagnostics.CONDITION_NUMBER)));
  }

  private static String fields(List<Spread> spreads) {
    if (spreads.isEmpty()) {
      return ",,";
    }
    Spread spread = spreads.get(0);
    return String.join(
        ",",
        ReportCsv.number(OptionalDouble.of(spread.mean())),
        ReportCsv.number(spread.std()),
        Integer.toString(spread.count()));
  }
}
