// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.TextTable;
import io.github.djlstitch.report.Wrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** Shows what each method costs and what was expected of it: means over stitched results. */
public final class CostTable {
  private static final double THOUSAND = 1e3;
  private static final double MILLION = 1e6;

  private static final String LEGEND =
      """
      cost: means over stitched results. paired: samples known in both spaces.
      numbers: what the bridge consists of, both halves together.
      cond: how much the codec's inverse may amplify noise; 1 is none.
      mismatch: distance of the two spaces' relative vectors of the anchors.
      expected: accuracy predicted from anchors alone. ms: to make it, to apply it.
      """;

  private final StitchReport report;

  CostTable(StitchReport report) {
    this.report = report;
  }

  TextTable table() {
    var table =
        new TextTable(
            "cost", "paired", "numbers", "cond", "mismatch", "expected", "fit ms", "apply ms");
    String group = "";
    for (Method method : report.methods()) {
      String own = group(method);
      if (!own.equals(group)) {
        table.row(own, "", "", "", "", "", "", "");
        group = own;
      }
      table.row(row(method));
    }
    return table;
  }

  private static String group(Method method) {
    return switch (method.family()) {
      case DIRECT -> "as it is";
      case RELATIVE, CODEC -> "each space alone";
      case PAIRWISE -> "fitted on a pair";
    };
  }

  private List<String> row(Method method) {
    return List.of(
        "  " + method.id(),
        shown(report.cost(method, StitchReport.Cost::pairedSamples), CostTable::count),
        shown(report.cost(method, StitchReport.Cost::parameters), CostTable::count),
        shown(report.diagnostic(method, Diagnostics.CONDITION_NUMBER), CostTable::condition),
        shown(report.diagnostic(method, Diagnostics.RELATIVE_MISMATCH), CostTable::fraction),
        shown(report.diagnostic(method, Diagnostics.EXPECTED_ACCURACY), CostTable::fraction),
        shown(report.cost(method, StitchReport.Cost::fitMillis), CostTable::millis),
        shown(report.cost(method, StitchReport.Cost::applyMillis), CostTable::millis));
  }

  private static String shown(OptionalDouble value, DoubleFunction<String> form) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? form.apply(value.getAsDouble())
        : "-";
  }

  /** Three digits at most, for counts that need not be exact. */
  public static String count(double value) {
    if (value < 10 * THOUSAND) {
      return fixed("%.0f", value);
    }
    return value < MILLION - THOUSAND / 2
        ? fixed("%.0fk", value / THOUSAND)
        : fixed("%.1fM", value / MILLION);
  }

  /** A condition number; 0 stands for nothing inverted. */
  public static String condition(double value) {
    if (value == 0) {
      return "-";
    }
    String small = value < 10 ? "%.1f" : "%.0f";
    return fixed(value < 10 * THOUSAND ? small : "%.1e", value);
  }

  private static String fraction(double value) {
    return fixed("%.3f", value);
  }

  private static String millis(double value) {
    return fixed(value < 10 ? "%.1f" : "%.0f", value);
  }

  private static String fixed(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** Explains the columns and tells how far the expected accuracy agrees with the true one. */
  Lines legend() {
    OptionalDouble overall = report.predictionCorrelation(method -> true);
    if (overall.isEmpty()) {
      return new Lines(LEGEND);
    }
    return new Lines(
        LEGEND
            + "\nexpected accuracy, from anchors alone, against the true one:\n"
            + fixed("Pearson %.2f over ", overall.getAsDouble())
            + report.predicted(method -> true).size()
            + " stitched results\n"
            + byMethod());
  }

  private String byMethod() {
    List<String> parts = new ArrayList<>();
    for (Method method : report.methods()) {
      report
          .predictionCorrelation(m -> m == method)
          .ifPresent(pearson -> parts.add(method.id() + fixed(" %.2f", pearson)));
    }
    if (parts.size() < 2) {
      return "";
    }
    List<String> listed = new ArrayList<>();
    parts.subList(0, parts.size() - 1).forEach(part -> listed.add(part + ","));
    listed.add(parts.get(parts.size() - 1));
    return Wrapped.words("within a method: ", "  ", listed);
  }
}
