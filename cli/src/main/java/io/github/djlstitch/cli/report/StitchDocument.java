// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.AnchorCurve;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.GridDocument;
import io.github.djlstitch.report.GridResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Maps the results of the root command to the document that {@code stitch report} makes too. */
public final class StitchDocument {
  private StitchDocument() {}

  /** The document. */
  public static Document of(Results results) {
    return GridDocument.of(grid(results));
  }

  private static GridResults grid(Results results) {
    StitchReport report = results.report();
    Dataset<?> data = results.outcome().dataset();
    Anchors anchors = report.anchors().get(0);
    return new GridResults(
        Version.text(),
        new GridResults.Samples(
            data.name(),
            data.train().size(),
            data.test().size(),
            data.classes().size(),
            data.sha256()),
        labels(report.classes()),
        new GridResults.AnchorSet(anchors.count(), anchors.strategy(), anchors.sha256()),
        results.job().stitching().seeds(),
        results.setting().device(),
        results.setting().numbers(),
        report.results().stream().map(StitchDocument::score).toList(),
        report.methods().stream().map(method -> method(report, method)).toList(),
        results.outcome().curve().map(StitchDocument::points).orElse(List.of()),
        report.methods().stream()
            .map(method -> cost(report, method))
            .filter(cost -> cost.paired().isPresent())
            .toList(),
        StitchNotes.of(results));
  }

  private static GridResults.Labels labels(StitchReport.ClassCounts classes) {
    return new GridResults.Labels(
        classes.majority(), classes.rarest(), classes.commonest(), classes.isUneven());
  }

  private static GridResults.Score score(StitchReport.Result result) {
    return new GridResults.Score(
        result.encoder(), result.decoder(), result.method().id(), result.score(Metric.ACCURACY));
  }

  private static GridResults.OfMethod method(StitchReport report, Method method) {
    return new GridResults.OfMethod(
        method.id(),
        accuracies(report, method),
        mean(report.own(method, Metric.F1_MACRO)),
        mean(report.stitched(method, Metric.F1_MACRO)));
  }

  private static GridResults.OfCost cost(StitchReport report, Method method) {
    return new GridResults.OfCost(
        method.id(),
        report.cost(method, StitchReport.Cost::pairedSamples),
        report.cost(method, StitchReport.Cost::parameters),
        report.diagnostic(method, Diagnostics.CONDITION_NUMBER),
        report.diagnostic(method, Diagnostics.RELATIVE_MISMATCH),
        report.diagnostic(method, Diagnostics.EXPECTED_ACCURACY),
        report.cost(method, StitchReport.Cost::fitMillis),
        report.cost(method, StitchReport.Cost::applyMillis));
  }

  private static List<GridResults.OfAnchors> points(AnchorCurve curve) {
    List<GridResults.OfAnchors> points = new ArrayList<>();
    curve
        .reports()
        .forEach(
            (count, report) ->
                report.methods().forEach(method -> points.add(point(count, report, method))));
    return points;
  }

  private static GridResults.OfAnchors point(int count, StitchReport report, Method method) {
    return new GridResults.OfAnchors(count, method.id(), accuracies(report, method));
  }

  private static GridResults.Accuracies accuracies(StitchReport report, Method method) {
    return new GridResults.Accuracies(
        mean(report.own(method, Metric.ACCURACY)),
        mean(report.stitched(method, Metric.ACCURACY)),
        report.kept(method));
  }

  private static Optional<GridResults.Mean> mean(Optional<Spread> spread) {
    return spread.map(s -> new GridResults.Mean(s.mean(), s.std()));
  }
}
