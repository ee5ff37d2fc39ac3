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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The measurements of a run.
 *
 * @param results one for each encoder, decoder, method and seed, in a stable order
 * @param classes how many test samples the classes have
 * @param anchors the anchors of each seed, in the order of the seeds
 * @param notes what could not be measured and why, a line each
 * @param fitSeconds time spent on projections, codecs and heads
 * @param evaluateSeconds time spent on decoding and scoring
 */
public record StitchReport(
    List<Result> results,
    ClassCounts classes,
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
   * The numbers of test samples of the classes.
   *
   * @param samples of all classes
   * @param rarest of the class that has the fewest
   * @param commonest of the class that has the most
   */
  public record ClassCounts(int samples, int rarest, int commonest) {
    private static final int EVEN = 2;

    /** The accuracy of always answering the most frequent class, 0 to 1. */
    public double majority() {
      return (double) commonest / samples;
    }

    /**
     * Returns true if the most frequent class has more than twice the samples of the rarest, so
     * that accuracy alone hides how the rare ones fare.
     */
    public boolean isUneven() {
      return commonest > EVEN * rarest;
    }
  }

  /**
   * One measurement.
   *
   * @param encoder what encoded the test samples
   * @param decoder what decoded them
   * @param method how the vectors were carried over
   * @param similarity of the relative space, for {@link Method#RELATIVE}; else empty
   * @param seed of the anchors and the head
   * @param stitched false if the decoder was trained on this very encoder
   * @param carried scores on the test split of what the method carried to the head
   * @param own scores of the same head on its own encoder, untouched
   * @param diagnostics named numbers about the bridge; absent ones are left out. {@code
   *     reconstruction_cosine} is the mean cosine of the head's inputs with those that its own
   *     encoder gives the same test samples; {@code expected_accuracy} was predicted from anchors
   *     alone ({@link Stitchability}); {@code agreement} and {@code jensen_shannon} compare what
   *     the head answers with what it does on its own encoder, each beside its value by chance
   * @param cost what it took
   */
  public record Result(
      String encoder,
      String decoder,
      Method method,
      String similarity,
      long seed,
      boolean stitched,
      Map<Metric, Double> carried,
      Map<Metric, Double> own,
      Map<String, Double> diagnostics,
      Cost cost) {
    /** Takes copies of the numbers. */
    public Result {
      carried = Collections.unmodifiableMap(new LinkedHashMap<>(carried));
      own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
      diagnostics = Map.copyOf(diagnostics);
    }

    /** The scores of this cell of the grid: stitched, or of the head on its own encoder. */
    public Map<Metric, Double> scores() {
      return stitched ? carried : own;
    }

    /** The score of this cell of the grid by that metric. */
    public double score(Metric metric) {
      return of(scores(), metric);
    }

    /** The score of the same head on its own encoder. */
    public double own(Metric metric) {
      return of(own, metric);
    }

    /**
     * The scores of the head on its own encoder over the method's bridge from the space to itself;
     * empty for a stitched result, and for a method that has no bridge.
     */
    public Optional<Map<Metric, Double>> inPlace() {
      boolean bridged =
          method.family() == Method.Family.CODEC || method.family() == Method.Family.PAIRWISE;
      return stitched || !bridged ? Optional.empty() : Optional.of(carried);
    }

    private static double of(Map<Metric, Double> scores, Metric metric) {
      return Objects.requireNonNull(scores.get(metric), metric.id());
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

  /** A score over the heads and seeds of a method, each on its own encoder; empty if none. */
  public Optional<Spread> own(Method method, Metric metric) {
    return spread(of(method, false).mapToDouble(r -> r.own(metric)));
  }

  /** A score over the stitched pairs and seeds of a method; empty if none. */
  public Optional<Spread> stitched(Method method, Metric metric) {
    return spread(of(method, true).mapToDouble(r -> r.score(metric)));
  }

  /** A score over the heads and seeds of a method, {@link Result#inPlace}; empty if none. */
  public Optional<Spread> inPlace(Method method, Metric metric) {
    return spread(
        of(method, false)
            .flatMap(r -> r.inPlace().stream())
            .mapToDouble(scores -> Objects.requireNonNull(scores.get(metric), metric.id())));
  }

  /**
   * The stitched accuracy of a method as a share of what the same heads have on their own encoders;
   * empty if nothing was stitched or the heads get nothing right.
   */
  public OptionalDouble kept(Method method) {
    double stitched = of(method, true).mapToDouble(r -> r.score(Metric.ACCURACY)).sum();
    double own = of(method, true).mapToDouble(r -> r.own(Metric.ACCURACY)).sum();
    return own > 0 ? OptionalDouble.of(stitched / own) : OptionalDouble.empty();
  }

  private static Optional<Spread> spread(DoubleStream scores) {
    double[] values = scores.toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
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
    return of(method, true)
        .flatMapToDouble(
            r ->
                r.diagnostics().entrySet().stream()
                    .filter(d -> d.getKey().equals(name))
                    .mapToDouble(Map.Entry::getValue))
        .average();
  }

  /** The mean cost over the stitched results of a method, by one of its parts. */
  public OptionalDouble cost(Method method, ToDoubleFunction<Cost> part) {
    return of(method, true).mapToDouble(r -> part.applyAsDouble(r.cost())).average();
  }

  private Stream<Result> of(Method method, boolean stitched) {
    return results.stream().filter(r -> r.method() == method && r.stitched() == stitched);
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
