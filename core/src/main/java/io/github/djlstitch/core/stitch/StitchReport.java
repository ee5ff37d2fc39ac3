// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.internal.measure.PearsonCorrelation;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.space.Anchors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The measurements of a run.
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
   * @param diagnostics named numbers about the bridge; absent ones are left out. {@code
   *     reconstruction_cosine} is the mean cosine of the head's inputs with those that its own
   *     encoder gives the same test samples; {@code expected_accuracy} was predicted from anchors
   *     alone ({@link Stitchability})
   * @param cost what it took
   */
  public record Result(
      String encoder,
      String decoder,
      Method method,
      String similarity,
      long seed,
      Map<Metric, Double> metrics,
      boolean matched,
      Map<String, Double> diagnostics,
      Cost cost) {
    /** Takes copies of the numbers. */
    public Result {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
      diagnostics = Map.copyOf(diagnostics);
    }

    /** The score by that metric. */
    public double score(Metric metric) {
      return Objects.requireNonNull(metrics.get(metric), metric.id());
    }
  }

  /**
   * The cost of a bridge.
   *
   * @param pairedSamples how many samples must be known in both spaces
   * @param parameters how many numbers it consists of
   * @param fitMillis time to make it, in milliseconds; a codec counts for the first pair it is made
   *     for
   * @param applyMillis time to carry the test samples over and decode them, in milliseconds
   */
  public record Cost(int pairedSamples, long parameters, double fitMillis, double applyMillis) {}

  /** Accuracy over all pairs and seeds of a method, matched or stitched; empty if none. */
  public List<Spread> accuracy(Method method, boolean matched) {
    double[] values =
        results.stream()
            .filter(r -> r.method() == method && r.matched() == matched)
            .mapToDouble(r -> r.score(Metric.ACCURACY))
            .toArray();
    return values.length == 0 ? List.of() : List.of(Spread.of(values));
  }

  /**
   * Pearson correlation of the expected with the true accuracy over all stitched results, or over
   * those of one method; empty if there are fewer than 3 or one of the two does not vary.
   */
  public OptionalDouble predictionCorrelation(Predicate<Method> wanted) {
    List<Result> predicted = predicted(wanted);
    double[] expected =
        predicted.stream()
            .mapToDouble(r -> r.diagnostics().getOrDefault(Diagnostics.EXPECTED_ACCURACY, 0.0))
            .toArray();
    double[] found = predicted.stream().mapToDouble(r -> r.score(Metric.ACCURACY)).toArray();
    return PearsonCorrelation.of(expected, found);
  }

  /** The results of some methods for which an accuracy was expected: those that were stitched. */
  public List<Result> predicted(Predicate<Method> wanted) {
    return results.stream()
        .filter(
            r ->
                wanted.test(r.method())
                    && r.diagnostics().containsKey(Diagnostics.EXPECTED_ACCURACY))
        .toList();
  }

  /** The mean of a named diagnostic over the stitched results of a method; empty if none has it. */
  public OptionalDouble diagnostic(Method method, String name) {
    return stitched(method)
        .flatMapToDouble(
            r ->
                r.diagnostics().entrySet().stream()
                    .filter(d -> d.getKey().equals(name))
                    .mapToDouble(Map.Entry::getValue))
        .average();
  }

  /** The mean cost over the stitched results of a method, by one of its parts. */
  public OptionalDouble cost(Method method, ToDoubleFunction<Cost> part) {
    return stitched(method).mapToDouble(r -> part.applyAsDouble(r.cost())).average();
  }

  private Stream<Result> stitched(Method method) {
    return results.stream().filter(r -> r.method() == method && !r.matched());
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
