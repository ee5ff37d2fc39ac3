// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.Blocks.Block;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Shows what the methods reach beside what the same heads reach on their own encoders. Uneven
 * classes have macro F1 too, in the same table if that fits.
 */
final class SummaryTable {
  private static final int WIDTH = 80;
  private static final String ACCURACY = "accuracy";
  private static final String STITCHED = "stitched";
  private static final String F1 = "F1";

  private final StitchReport report;
  private final Function<Method, String> label;
  private final boolean detailed;

  /** A heading and what stands under it. */
  private record Column(String name, Function<Method, String> cell) {}

  SummaryTable(StitchReport report, Function<Method, String> label, boolean detailed) {
    this.report = report;
    this.label = label;
    this.detailed = detailed;
  }

  /** One table, or two with a blank line between them. */
  List<Block> blocks() {
    if (!report.classes().isUneven()) {
      return List.of(table(ACCURACY, accuracy()));
    }
    TextTable whole = table(ACCURACY, Stream.concat(accuracy().stream(), f1().stream()).toList());
    return whole.text(false).lines().allMatch(line -> line.length() <= WIDTH)
        ? List.of(whole)
        : List.of(table(ACCURACY, accuracy()), Lines.blank(), table("macro F1", f1()));
  }

  private List<Column> accuracy() {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                new Column("own", m -> spread(report.own(m, Metric.ACCURACY))),
                new Column(STITCHED, m -> spread(report.stitched(m, Metric.ACCURACY))),
                new Column("kept", m -> percent(report.kept(m)))));
    if (detailed) {
      columns.add(new Column("in place", m -> mean(report.inPlace(m, Metric.ACCURACY))));
    }
    return columns;
  }

  private List<Column> f1() {
    return List.of(
        new Column("own F1", m -> mean(report.own(m, Metric.F1_MACRO))),
        new Column(F1, m -> mean(report.stitched(m, Metric.F1_MACRO))));
  }

  private TextTable table(String what, List<Column> columns) {
    List<String> header = new ArrayList<>(List.of(what));
    columns.forEach(column -> header.add(column.name()));
    var table = new TextTable(header);
    for (Method method : report.methods()) {
      List<String> row = new ArrayList<>(List.of(label.apply(method)));
      columns.forEach(column -> row.add(column.cell().apply(method)));
      table.row(row);
    }
    return what.equals(ACCURACY) ? table.row(majority(columns)) : table;
  }

  private List<String> majority(List<Column> columns) {
    List<String> row = new ArrayList<>(List.of("majority class"));
    columns.forEach(
        c -> row.add(c.name().equals(STITCHED) ? number(report.classes().majority()) : ""));
    return row;
  }

  /** Explains the columns, a line each. */
  String legend(long pairs, boolean starred) {
    var text = new StringBuilder("own: each head on its own encoder, untouched");
    text.append(starred ? " (*).\n" : ".\n");
    if (pairs > 0) {
      text.append("stitched: on another encoder, with no training; ")
          .append(pairs == 1 ? "1 pair.\n" : pairs + " pairs.\n")
          .append("kept: stitched as a share of own, of the same heads.\n");
    }
    if (detailed) {
      text.append("in place: on its own encoder, through the bridge of the method.\n");
    }
    text.append("majority class: always answering the most frequent one.\n");
    if (report.classes().isUneven()) {
      text.append(
          "F1: macro F1, because classes are uneven: %d to %d test samples.\n"
              .formatted(report.classes().rarest(), report.classes().commonest()));
    }
    return text.toString();
  }

  private static String mean(Optional<Spread> spread) {
    return spread.map(s -> number(s.mean())).orElse("-");
  }

  private static String spread(Optional<Spread> spread) {
    return mean(spread)
        + spread
            .filter(s -> s.std().isPresent())
            .map(s -> " +- " + number(s.std().orElseThrow()))
            .orElse("");
  }

  /** A share of one as a whole percentage. */
  static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.0f %%", 100 * share.getAsDouble())
        : "-";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
