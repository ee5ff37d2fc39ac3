// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Warns of pairs that were not likely to stitch, a line for each method. */
final class Forecast {
  private static final double LITTLE = 0.5;
  private static final double ILL_CONDITIONED = 30;
  private static final int NAMED = 3;

  private final StitchReport report;

  private Forecast(StitchReport report) {
    this.report = report;
  }

  /** The means over the seeds of an encoder and a decoder. */
  private record Pair(
      String encoder, String decoder, double expected, double matched, double condition) {
    boolean isPoor() {
      return expected <= LITTLE * matched;
    }

    String text() {
      return String.format(Locale.ROOT, "%s into %s %.2f", encoder, decoder, expected);
    }
  }

  /** One line for each method with a pair of which little is to be expected. */
  static List<String> warnings(StitchReport report) {
    var forecast = new Forecast(report);
    // The control is there to fail.
    return report.methods().stream()
        .filter(method -> method != Method.ABSOLUTE)
        .flatMap(method -> forecast.warning(method).stream())
        .toList();
  }

  private Optional<String> warning(Method method) {
    List<Pair> pairs = pairs(method);
    List<Pair> poor =
        pairs.stream()
            .filter(Pair::isPoor)
            .sorted(Comparator.comparingDouble(Pair::expected))
            .toList();
    if (poor.isEmpty()) {
      return Optional.empty();
    }
    String worst = poor.stream().limit(NAMED).map(Pair::text).collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: little to expect of %d of %d pairs, from anchors alone; worst %s%s",
            method.id(),
            poor.size(),
            pairs.size(),
            worst,
            condition(poor)));
  }

  private static String condition(List<Pair> poor) {
    double worst = poor.stream().mapToDouble(Pair::condition).max().orElse(0);
    return worst > ILL_CONDITIONED
        ? "; its inverse is ill-conditioned (" + CostTable.condition(worst) + ")"
        : "";
  }

  private List<Pair> pairs(Method method) {
    List<Pair> pairs = new ArrayList<>();
    report.foretold(m -> m == method).stream()
        .collect(Collectors.groupingBy(r -> List.of(r.decoder(), r.encoder())))
        .values()
        .forEach(seeds -> pairs.add(pair(seeds)));
    pairs.sort(Comparator.comparing(Pair::decoder).thenComparing(Pair::encoder));
    return pairs;
  }

  private Pair pair(List<StitchReport.Result> seeds) {
    StitchReport.Result first = seeds.get(0);
    double matched =
        report.results().stream()
            .filter(r -> r.matched() && r.method() == first.method())
            .filter(r -> r.decoder().equals(first.decoder()))
            .mapToDouble(r -> r.score(Metric.ACCURACY))
            .average()
            .orElse(0);
    return new Pair(
        first.encoder(),
        first.decoder(),
        mean(seeds, StitchReport.EXPECTED),
        matched,
        mean(seeds, "condition_number"));
  }

  private static double mean(List<StitchReport.Result> seeds, String diagnostic) {
    return seeds.stream()
        .mapToDouble(r -> r.diagnostics().getOrDefault(diagnostic, 0.0))
        .average()
        .orElse(0);
  }
}
