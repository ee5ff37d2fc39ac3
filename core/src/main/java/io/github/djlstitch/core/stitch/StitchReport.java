// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.space.Anchors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a run measured.
 *
 * @param results one for each encoder, decoder, method and seed, in a stable order
 * @param chance accuracy of always answering the class most frequent in the test labels
 * @param anchors the anchors of each seed, in the order of the seeds
 * @param notes what could not be measured and why, a line each
 * @param fitSeconds time spent on projections, codecs and heads
 * @param evaluateSeconds time spent on decoding and scoring
 */
public record StitchReport(
    List<Result> results,
    double chance,
    List<Anchors> anchors,
    List<String> notes,
    double fitSeconds,
    double evaluateSeconds) {

  /** Takes copies of the lists. */
  public StitchReport {
    results = List.copyOf(results);
    anchors = List.copyOf(anchors);
    notes = List.copyOf(notes);
  }

  /**
   * One measurement.
   *
   * @param encoder what encoded the test samples
   * @param decoder what decoded them
   * @param method how the vectors were carried over
   * @param similarity of the relative space, for {@link Method#RELATIVE}; else empty
   * @param seed of the anchors and the head
   * @param metrics scores on the test split
   * @param matched whether the decoder was trained on this very encoder
   * @param diagnostics named numbers about the bridge; absent ones are left out
   */
  public record Result(
      String encoder,
      String decoder,
      Method method,
      String similarity,
      long seed,
      Map<Metric, Double> metrics,
      boolean matched,
      Map<String, Double> diagnostics) {
    /** The score by that metric. */
    public double score(Metric metric) {
      return Objects.requireNonNull(metrics.get(metric), metric.id());
    }
  }

  /**
   * Mean and spread of accuracies.
   *
   * @param mean arithmetic mean
   * @param std sample standard deviation; absent for fewer than 2 values
   * @param count how many values
   */
  public record Spread(double mean, OptionalDouble std, int count) {
    static Spread of(double[] values) {
      double mean = 0;
      for (double v : values) {
        mean += v / values.length;
      }
      double squares = 0;
      for (double v : values) {
        squares += (v - mean) * (v - mean);
      }
      var std =
          values.length < 2
              ? OptionalDouble.empty()
              : OptionalDouble.of(Math.sqrt(squares / (values.length - 1)));
      return new Spread(mean, std, values.length);
    }
  }

  /** Accuracy over all pairs and seeds of a method, matched or stitched; empty if none. */
  public List<Spread> accuracy(Method method, boolean matched) {
    double[] values =
        results.stream()
            .filter(r -> r.method() == method && r.matched() == matched)
            .mapToDouble(r -> r.score(Metric.ACCURACY))
            .toArray();
    return values.length == 0 ? List.of() : List.of(Spread.of(values));
  }

  /** The methods that were measured, in their order. */
  public List<Method> methods() {
    return results.stream().map(Result::method).distinct().sorted().toList();
  }

  /** The results of one cell of the grid, one for each seed. */
  public List<Result> cell(String encoder, String decoder, Method method) {
    List<Result> cell = new ArrayList<>();
    for (Result r : results) {
      if (r.encoder().equals(encoder) && r.decoder().equals(decoder) && r.method() == method) {
        cell.add(r);
      }
    }
    return cell;
  }
}
