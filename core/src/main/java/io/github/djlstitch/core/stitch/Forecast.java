// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.measure.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The pairs of one method of which little accuracy is expected, from anchors alone.
 *
 * @param method the method
 * @param poor those pairs, the worst first; at least one
 * @param pairs how many pairs the method has
 */
public record Forecast(Method method, List<Pair> poor, int pairs) {
  private static final double LITTLE = 0.5;

  /** Takes a copy. */
  public Forecast {
    poor = List.copyOf(poor);
  }

  /**
   * An encoder and a decoder; numbers are means over the seeds.
   *
   * @param encoder plugged into
   * @param decoder the head
   * @param expected accuracy predicted from the anchors, 0 to 1
   * @param own accuracy of the head on its own encoder, 0 to 1
   * @param condition condition number of the method's inverse; 0 if it has none
   */
  public record Pair(
      String encoder, String decoder, double expected, double own, double condition) {
    private boolean isPoor() {
      return expected <= LITTLE * own;
    }
  }

  /** Finds the methods with pairs that are expected to keep half of the accuracy or less. */
  public static List<Forecast> of(StitchReport report) {
    // The control is there to fail.
    return report.methods().stream()
        .filter(method -> method != Method.ABSOLUTE)
        .map(method -> of(report, method))
        .filter(forecast -> !forecast.poor().isEmpty())
        .toList();
  }

  /** The largest condition number of those pairs. */
  public double worstCondition() {
    return poor.stream().mapToDouble(Pair::condition).max().orElse(0);
  }

  private static Forecast of(StitchReport report, Method method) {
    List<Pair> pairs = pairs(report, method);
    List<Pair> poor =
        pairs.stream()
            .filter(Pair::isPoor)
            .sorted(Comparator.comparingDouble(Pair::expected))
            .toList();
    return new Forecast(method, poor, pairs.size());
  }

  private static List<Pair> pairs(StitchReport report, Method method) {
    List<Pair> pairs = new ArrayList<>();
    report.predicted(m -> m == method).stream()
        .collect(Collectors.groupingBy(r -> List.of(r.decoder(), r.encoder())))
        .values()
        .forEach(seeds -> pairs.add(pair(seeds)));
    pairs.sort(Comparator.comparing(Pair::decoder).thenComparing(Pair::encoder));
    return pairs;
  }

  private static Pair pair(List<StitchReport.Result> seeds) {
    StitchReport.Result first = seeds.get(0);
    return new Pair(
        first.encoder(),
        first.decoder(),
        mean(seeds, Diagnostics.EXPECTED_ACCURACY),
        seeds.stream().mapToDouble(r -> r.own(Metric.ACCURACY)).average().orElse(0),
        mean(seeds, Diagnostics.CONDITION_NUMBER));
  }

  private static double mean(List<StitchReport.Result> seeds, String diagnostic) {
    return seeds.stream()
        .mapToDouble(r -> r.diagnostics().getOrDefault(diagnostic, 0.0))
        .average()
        .orElse(0);
  }
}
