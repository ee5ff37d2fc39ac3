// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Measured.Chance;
import io.github.djlstitch.core.measure.Measured.Interval;
import io.github.djlstitch.core.measure.Measured.Way;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Measures with a permutation test and an interval. Immutable and thread-safe; the same seed gives
 * the same result.
 *
 * <p>Slow measures are tested on a random part of the samples, and {@link Measured} says how many:
 * 1,000 for kernels and RSA, 200 for Kendall's tau and IMD, 4,000 for canonical correlations,
 * linear maps, axes and shapes.
 *
 * @param permutations how many permutations of Y's rows, or of its axes for measures that {@link
 *     MeasureKind#comparesPairs} is false of; 0 for no test
 * @param draws how many parts or bootstrap samples; 0 for no interval
 * @param seed of the random numbers
 */
public record Resampling(int permutations, int draws, long seed) {
  /** Permutations if no number is given. */
  public static final int DEFAULT_PERMUTATIONS = 199;

  /** Draws if no number is given. */
  public static final int DEFAULT_DRAWS = 200;

  /** The default numbers of permutations and draws with seed 0. */
  public static final Resampling DEFAULT = new Resampling(DEFAULT_PERMUTATIONS, DEFAULT_DRAWS, 0);

  private static final int LARGEST_PART = 4000;
  private static final double TAIL = .025;
  private static final double ROUNDING = 1e-12;

  /** Checks that there are 0 or more of each. */
  public Resampling {
    if (permutations < 0 || draws < 0) {
      throw StitchException.usage(
          "%d permutations and %d draws; expected 0 or more", permutations, draws);
    }
  }

  /**
   * Measures without progress, as {@link #measure(SpaceMeasure, FloatMatrix, FloatMatrix,
   * Runnable)}.
   */
  public Measured measure(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    return measure(measure, x, y, () -> {});
  }

  /**
   * Measures two spaces whose rows are the same samples in the same order.
   *
   * @param x shape (N, D)
   * @param y shape (N, E)
   * @param step called after each permutation and each draw
   * @throws StitchException (bad input) as {@link SpaceMeasure#of} does, except that too many rows
   *     are no error: a random part of them is measured
   */
  public Measured measure(SpaceMeasure measure, FloatMatrix x, FloatMatrix y, Runnable step) {
    MeasureInput.require(measure, x, y);
    if (x.rows() > measure.kind().mostRows()) {
      int[] part = RowDraws.without(x.rows(), measure.kind().mostRows(), new Random(seed));
      return measure(measure, x.select(part), y.select(part), step);
    }
    int tested = Math.min(x.rows(), measure.kind().resampledRows());
    // Everything is in the comparison if it is of all rows, and cheap to ask again.
    boolean whole = measure.kind().resampledRows() == Integer.MAX_VALUE;
    Comparison comparison = whole ? measure.compare(x, y) : order -> Double.NaN;
    double value = measure.requireValue(whole ? comparison.value() : measure.compute(x, y));
    Optional<Chance> chance =
        permutations == 0
            ? Optional.empty()
            : Optional.of(
                chance(measure, whole ? comparison : part(measure, x, y, tested), tested, step));
    double[] scores = whole && draws > 0 ? comparison.scores() : new double[0];
    Optional<Interval> interval =
        scores.length > 0 ? bootstrap(scores, step) : subsampling(measure, value, x, y, step);
    return new Measured(measure, value, x.rows(), chance, interval);
  }

  /**
   * The 95 % interval of the mean score of several results on the same test samples: percentiles of
   * that mean over samples drawn with replacement, each draw the same for all results (Efron 1979).
   *
   * @param results at least one, all of equally many samples in the same order
   * @throws StitchException (usage) if there is no draw to make; (bad input) if there is no result
   *     or they have different numbers of samples
   */
  public Interval interval(Metric metric, List<Answers> results) {
    return intervalOverSets(metric, List.of(results));
  }

  /**
   * The 95 % interval of the mean score of all results of several test sets, such as one for each
   * language: as {@link #interval}, with draws of their own for each set.
   *
   * @param sets results by test set, each as for {@link #interval}
   * @throws StitchException (usage) if there is no draw to make; (bad input) if there is no set, a
   *     set has no result, or results of a set have different numbers of samples
   */
  public Interval intervalOverSets(Metric metric, List<List<Answers>> sets) {
    if (draws < 1) {
      throw StitchException.usage("an interval needs at least 1 draw");
    }
    int samples = sets.stream().mapToInt(Resampling::samples).sum();
    var random = new Random(seed + 2);
    double[] means = new double[draws];
    for (int i = 0; i < draws; i++) {
      means[i] =
          sets.stream()
              .flatMapToDouble(set -> scores(metric, set, random))
              .average()
              .orElseThrow(() -> StitchException.badInput("an interval needs a test set"));
    }
    return percentiles(means, samples);
  }

  private static int samples(List<Answers> results) {
    long counts = results.stream().mapToInt(Answers::count).distinct().count();
    if (counts != 1) {
      throw StitchException.badInput(
          "an interval needs results on the same samples but got %d results on sets of %d sizes",
          results.size(), counts);
    }
    return results.get(0).count();
  }

  private static DoubleStream scores(Metric metric, List<Answers> results, Random random) {
    int samples = results.get(0).count();
    int[] rows = random.ints(samples, 0, samples).toArray();
    return results.stream().mapToDouble(r -> r.score(metric, rows));
  }

  /**
   * The 95 % interval of a mean over test samples, from samples drawn with replacement.
   *
   * @param scores one for each sample, at least one
   * @throws StitchException (usage) if there is no draw to make or no score
   */
  public Interval ofMean(double[] scores) {
    if (draws < 1 || scores.length < 1) {
      throw StitchException.usage(
          "an interval of the mean of %d scores by %d draws; expected at least 1 each",
          scores.length, draws);
    }
    return bootstrap(scores, () -> {}).orElseThrow();
  }

  private Comparison part(SpaceMeasure measure, FloatMatrix x, FloatMatrix y, int rows) {
    if (rows == x.rows()) {
      return measure.compare(x, y);
    }
    int[] part = RowDraws.without(x.rows(), rows, new Random(seed));
    return measure.compare(x.select(part), y.select(part));
  }

  private Chance chance(SpaceMeasure measure, Comparison comparison, int rows, Runnable step) {
    var random = new Random(seed + 1);
    double observed = measure.requireValue(comparison.permuted(RowDraws.identity(rows)));
    double slack = ROUNDING * Math.max(1, Math.abs(observed));
    double[] others = new double[permutations];
    int asClose = 0;
    for (int i = 0; i < permutations; i++) {
      others[i] = comparison.byChance(rows, random);
      double closer = measure.kind().isDistance() ? observed - others[i] : others[i] - observed;
      asClose += closer >= -slack ? 1 : 0;
      step.run();
    }
    double mean = Comparison.mean(others);
    double squares = Arrays.stream(others).map(v -> (v - mean) * (v - mean)).sum();
    double std = Math.sqrt(squares / Math.max(1, permutations - 1));
    double p = (1.0 + asClose) / (1.0 + permutations);
    return new Chance(observed, mean, std, p, permutations, rows);
  }

  private Optional<Interval> bootstrap(double[] scores, Runnable step) {
    var random = new Random(seed + 2);
    double[] means = new double[draws];
    for (int i = 0; i < draws; i++) {
      double sum = 0;
      for (int j = 0; j < scores.length; j++) {
        sum += scores[random.nextInt(scores.length)];
      }
      means[i] = sum / scores.length;
      step.run();
    }
    return Optional.of(percentiles(means, scores.length));
  }

  private Interval percentiles(double[] means, int samples) {
    Arrays.sort(means);
    return new Interval(
        quantile(means, TAIL), quantile(means, 1 - TAIL), Way.BOOTSTRAP, draws, samples);
  }

  private Optional<Interval> subsampling(
      SpaceMeasure measure, double value, FloatMatrix x, FloatMatrix y, Runnable step) {
    int largest = Math.min(LARGEST_PART, measure.kind().resampledRows());
    if (measure.kind() == MeasureKind.CKNNA) {
      largest = MeasureKind.CKA.resampledRows(); // searching neighbors again takes as long
    }
    int rows = Math.min(x.rows(), largest) / 2;
    if (draws == 0 || rows < MeasureInput.fewestRows(measure)) {
      return Optional.empty();
    }
    var random = new Random(seed + 2);
    double[] parts =
        IntStream.range(0, draws)
            .mapToDouble(
                i -> {
                  int[] part = RowDraws.without(x.rows(), rows, random);
                  step.run();
                  return measure.compute(x.select(part), y.select(part));
                })
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    if (parts.length < draws) {
      return Optional.empty();
    }
    double mean = Comparison.mean(parts);
    double scale = Math.sqrt(rows / (double) (x.rows() - rows));
    double low = value - scale * (quantile(parts, 1 - TAIL) - mean);
    double high = value - scale * (quantile(parts, TAIL) - mean);
    MeasureKind kind = measure.kind();
    return Optional.of(new Interval(kind.clip(low), kind.clip(high), Way.SUBSAMPLING, draws, rows));
  }

  // Linear between order statistics, as NumPy does by default.
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** A decoder's predicted classes of test samples with their true classes. Immutable. */
  public static final class Answers {
    private final int[] expected;
    private final int[] predicted;
    private final int classes;

    private Answers(int[] expected, int[] predicted, int classes) {
      this.expected = expected;
      this.predicted = predicted;
      this.classes = classes;
    }

    /**
     * Pairs predicted with true labels.
     *
     * @param expected N true label indices, at least one
     * @param predicted N predicted ones
     * @param classes number of classes
     * @throws StitchException (bad input) if the lengths differ or are 0, or an index is no class
     */
    public static Answers of(int[] expected, int[] predicted, int classes) {
      if (expected.length != predicted.length || expected.length == 0) {
        throw StitchException.badInput(
            "%d answers to %d samples; expected one for each, and at least 1",
            predicted.length, expected.length);
      }
      IntStream.concat(IntStream.of(expected), IntStream.of(predicted))
          .filter(label -> label < 0 || label >= classes)
          .findFirst()
          .ifPresent(
              label -> {
                throw StitchException.badInput(
                    "label index %d; expected 0 to %d", label, classes - 1);
              });
      return new Answers(expected.clone(), predicted.clone(), classes);
    }

    /** The number of samples. */
    public int count() {
      return expected.length;
    }

    /** The score on all samples. */
    public double score(Metric metric) {
      return metric.of(expected, predicted, classes);
    }

    /** The score on some samples, which may occur several times. */
    double score(Metric metric, int[] rows) {
      return metric.of(
          IntStream.of(rows).map(i -> expected[i]).toArray(),
          IntStream.of(rows).map(i -> predicted[i]).toArray(),
          classes);
    }
  }
}
