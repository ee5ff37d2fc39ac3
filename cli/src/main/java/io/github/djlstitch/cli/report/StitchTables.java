// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Blocks.Block;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.Blocks.Title;
import io.github.djlstitch.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps the results of the root command to tables: a summary of the methods and, for more than one
 * pair, a grid of each.
 */
public final class StitchTables {
  private static final int NARROW_GRID = 5;
  private static final int MOST_GRIDS = 4;
  private static final int MOST_PLAIN = 3;

  private final Results results;
  private final StitchReport report;
  private final ShortNames names;

  /** Maps these results. */
  public StitchTables(Results results) {
    this.results = results;
    this.report = results.report();
    this.names = ShortNames.of(results.job().encoders(), results.job().decoders());
  }

  /** From the heading to the tables that detail asks for. */
  public Blocks blocks() {
    List<Block> blocks = new ArrayList<>(List.of(Lines.of(heading())));
    for (Method method : gridMethods()) {
      blocks.add(new Title(label(method), "encoder down, decoder across"));
      blocks.addAll(List.of(grid(method), Lines.blank()));
    }
    var summary = new SummaryTable(report, this::label, results.setting().detailed());
    blocks.addAll(summary.blocks());
    String columns = summary.legend(pairs(), !gridMethods().isEmpty());
    blocks.addAll(List.of(Lines.blank(), new Lines(columns + spreads())));
    var answers = new AnswersTable(report);
    if (results.setting().detailed() && answers.isMeasured()) {
      blocks.addAll(List.of(Lines.blank(), answers.table(), Lines.blank(), answers.legend()));
    }
    if (isDetailed() && pairs() > 0) {
      var costs = new CostTable(report);
      blocks.addAll(List.of(Lines.blank(), costs.table(), Lines.blank(), costs.legend()));
    }
    results.outcome().curve().ifPresent(curve -> blocks.addAll(CurveReport.tables(curve)));
    return new Blocks(blocks);
  }

  private boolean isDetailed() {
    return results.setting().detailed() || report.methods().size() > MOST_PLAIN;
  }

  private String heading() {
    Dataset<?> data = results.outcome().dataset();
    Anchors anchors = report.anchors().get(0);
    String seeds =
        results.job().stitching().seeds().size() == 1
            ? "seed " + results.job().stitching().seeds().get(0)
            : results.job().stitching().seeds().size() + " seeds";
    boolean centered = results.job().stitching().centering() != Centering.NONE;
    return String.format(
        Locale.ROOT,
        "%s%s: %d classes, %d train, %d test samples\n%d %s anchors%s, %s head, %s\n",
        pair(),
        data.name(),
        data.classes().size(),
        data.train().size(),
        data.test().size(),
        anchors.count(),
        anchors.strategy(),
        centered ? ", centred" : ", not centred",
        results.job().head().kind().id(),
        seeds);
  }

  // One pair needs no grid: the summary says it all. Many grids would hide the summary.
  private List<Method> gridMethods() {
    boolean few = results.setting().detailed() || report.methods().size() <= MOST_GRIDS;
    return isOnePair() || !few ? List.of() : report.methods();
  }

  private boolean isOnePair() {
    return results.job().encoders().size() == 1 && results.job().decoders().size() == 1;
  }

  private String pair() {
    return isOnePair()
        ? names.of(results.job().encoders().get(0))
            + " into "
            + names.of(results.job().decoders().get(0))
            + "-head\n"
        : "";
  }

  private TextTable grid(Method method) {
    List<String> decoders = report.results().stream().map(r -> r.decoder()).distinct().toList();
    List<String> encoders = report.results().stream().map(r -> r.encoder()).distinct().toList();
    List<String> header = new ArrayList<>(List.of("encoder"));
    boolean wide = decoders.size() < NARROW_GRID;
    decoders.forEach(d -> header.add(names.of(wide ? d : d.replaceFirst("-head$", ""))));
    var table = new TextTable(header);
    for (String encoder : encoders) {
      List<String> row = new ArrayList<>(List.of(names.of(encoder)));
      decoders.forEach(decoder -> row.add(cell(report.cell(encoder, decoder, method))));
      table.row(row);
    }
    return table;
  }

  private static String cell(List<StitchReport.Result> cell) {
    if (cell.isEmpty()) {
      return "-";
    }
    double mean =
        cell.stream().mapToDouble(r -> r.score(Metric.ACCURACY)).average().orElse(Double.NaN);
    return String.format(Locale.ROOT, "%.3f%s", mean, cell.get(0).stitched() ? " " : "*");
  }

  private String label(Method method) {
    Similarity similarity = results.job().stitching().similarity();
    if (method == Method.RELATIVE) {
      return "relative (" + similarity.kind().id() + ")";
    }
    return method.defaultLambda().isEmpty()
        ? method.id()
        : String.format(
            Locale.ROOT,
            "%s (lambda %s)",
            method.id(),
            number(results.job().stitching().bridges().lambda(method)));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private long pairs() {
    return report.results().stream()
        .filter(StitchReport.Result::stitched)
        .map(r -> List.of(r.encoder(), r.decoder()))
        .distinct()
        .count();
  }

  private String spreads() {
    return report.results().size() > 2 * report.methods().size()
        ? "+- is the standard deviation over pairs and seeds.\n"
        : "";
  }
}
