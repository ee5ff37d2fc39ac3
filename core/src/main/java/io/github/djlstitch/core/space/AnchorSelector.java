// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.cluster.FarthestPointSampling;
import io.github.djlstitch.core.internal.cluster.PivotedRows;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.core.internal.random.RandomOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A way to choose anchors among the samples of one latent space, whose ids then serve in all
 * others. The seed is the only randomness. Immutable and thread-safe.
 *
 * <p>Strategies that look at vectors see the one space that they are given: of a grid, the training
 * space of the first decoder.
 */
public final class AnchorSelector {
  /** The ways of choosing anchors. */
  public enum Strategy implements Named {
    /** Each sample equally likely, without replacement. */
    UNIFORM,
    /** Equally many of each class, as far as the classes reach; round-robin over the classes. */
    STRATIFIED,
    /**
     * Farthest points by {@code 1 - |cos|} of unit vectors centered on their mean (Maiorca et al.
     * 2024, arXiv:2406.15057).
     */
    FPS,
    /** Farthest points by the Euclidean distance of unit vectors (Moschella et al. 2023, A.2). */
    FPS_EUCLIDEAN,
    /**
     * The sample nearest to each center of k-means on unit vectors (Moschella et al. 2023, A.2).
     */
    KMEANS,
    /**
     * The weighted mean of the samples nearest to each such center, taken from the center's own
     * cluster, the {@linkplain #number number} of them at most; a sample weighs as the inverse of
     * its distance to the center. The same samples and weights serve in every space.
     */
    KMEANS_MEAN,
    /**
     * The first samples after skipping a {@linkplain #number number} of them: of a vocabulary in
     * the order of frequency, the most frequent words but for the stop words (Moschella et al.
     * 2023, A.2, skip 400).
     */
    TOP,
    /**
     * The samples that span the most: QR with column pivoting of unit vectors minus their mean. No
     * randomness. They are not brought to unit length again: the first choice would be a tie.
     */
    LEVERAGE;

    private boolean takesNumber() {
      return this == TOP || this == KMEANS_MEAN;
    }
  }

  /** Each sample equally likely. */
  public static final AnchorSelector UNIFORM = of(Strategy.UNIFORM);

  /** Equally many of each class. */
  public static final AnchorSelector STRATIFIED = of(Strategy.STRATIFIED);

  private static final int CLOSEST = 100; // as in Badecar's anchors_in_relreps

  private final Strategy strategy;
  private final int number;

  private AnchorSelector(Strategy strategy, int number) {
    this.strategy = strategy;
    this.number = number;
  }

  /** A strategy; {@code top} skips nothing, {@code kmeans-mean} takes at most 100 samples. */
  public static AnchorSelector of(Strategy strategy) {
    return new AnchorSelector(strategy, strategy == Strategy.KMEANS_MEAN ? CLOSEST : 0);
  }

  /**
   * A selector by its name: that of a strategy, and for {@code top} and {@code kmeans-mean} if
   * wanted a number, as {@code top:400} or {@code kmeans-mean:20}.
   *
   * @throws StitchException (usage) if there is no such strategy or it takes no such number
   */
  public static AnchorSelector named(String name) {
    int colon = name.indexOf(':');
    AnchorSelector selector = of(strategy(colon < 0 ? name : name.substring(0, colon)));
    return colon < 0 ? selector : selector.with(name.substring(colon + 1));
  }

  private static Strategy strategy(String id) {
    List<String> known = Arrays.stream(Strategy.values()).map(Strategy::id).toList();
    int chosen = known.indexOf(id.toLowerCase(Locale.ROOT));
    if (chosen < 0) {
      throw StitchException.usage(
          "no anchor strategy '%s'; %sknown: %s",
          id, NearestName.hint(id, known), String.join(", ", known));
    }
    return Strategy.values()[chosen];
  }

  private AnchorSelector with(String digits) {
    int least = strategy == Strategy.KMEANS_MEAN ? 1 : 0;
    if (!strategy.takesNumber()
        || !digits.matches("[0-9]{1,9}")
        || Integer.parseInt(digits) < least) {
      throw StitchException.usage(
          "anchor strategy '%s:%s'; expected top:N (skip N samples) or kmeans-mean:N (N samples an"
              + " anchor)",
          strategy.id(), digits);
    }
    return new AnchorSelector(strategy, Integer.parseInt(digits));
  }

  /** Returns the way of choosing. */
  public Strategy strategy() {
    return strategy;
  }

  /** The samples that {@code top} skips, or the most that {@code kmeans-mean} takes; else 0. */
  public int number() {
    return number;
  }

  /** The name used on the command line and in files, with its number if it has one. */
  public String id() {
    return number == of(strategy).number ? strategy.id() : strategy.id() + ":" + number;
  }

  /**
   * Checks that so many anchors can be chosen among so many candidates.
   *
   * @throws StitchException (bad input) if not
   */
  public void requireEnough(int count, int candidates) {
    int most = Math.max(0, candidates - skipped());
    if (count < 1 || count > most) {
      throw StitchException.badInput(
          "%d anchors cannot be chosen among %d training samples%s; choose from 1 to %d",
          count, candidates, skipped() == 0 ? "" : " after skipping " + skipped(), most);
    }
  }

  private int skipped() {
    return strategy == Strategy.TOP ? number : 0;
  }

  /**
   * Chooses anchors.
   *
   * @param candidates the samples to choose from; for strategies that do not look at vectors, in an
   *     order that does not depend on the encoder
   * @param count how many to choose, at least 1
   * @throws StitchException (bad input) if there are fewer candidates, or a candidate has no
   *     direction (it is zero, or the mean of all) where directions are compared
   */
  public Anchors select(LatentSpace candidates, int count, long seed) {
    List<String> ids = candidates.ids();
    requireEnough(count, ids.size());
    if (strategy == Strategy.KMEANS_MEAN) {
      var clusters = AnchorClusters.of(candidates, count, seed);
      return Anchors.ofPrototypes(clusters.prototypes(number), id(), seed);
    }
    return new Anchors(
        IntStream.of(rows(candidates, count, seed)).mapToObj(ids::get).toList(), id(), seed);
  }

  private int[] rows(LatentSpace candidates, int count, long seed) {
    return switch (strategy) {
      case UNIFORM -> RandomOrder.uniform(candidates.ids().size(), count, seed);
      case STRATIFIED -> RandomOrder.stratified(requireLabels(candidates), count, seed);
      case FPS ->
          FarthestPointSampling.choose(
              Directions.centred(candidates),
              FarthestPointSampling.Metric.ABSOLUTE_COSINE,
              count,
              0,
              seed);
      case FPS_EUCLIDEAN ->
          FarthestPointSampling.choose(
              Directions.of(candidates), FarthestPointSampling.Metric.EUCLIDEAN, count, 0, seed);
      case KMEANS -> AnchorClusters.of(candidates, count, seed).nearest();
      case TOP -> IntStream.range(number, number + count).toArray();
      case LEVERAGE -> PivotedRows.choose(Directions.deviations(candidates), count);
      case KMEANS_MEAN -> throw new IllegalStateException("gives prototypes, not rows");
    };
  }

  private static int[] requireLabels(LatentSpace candidates) {
    if (candidates.labels().length == 0) {
      throw StitchException.badInput(
          "'%s' has no labels, so its anchors cannot be stratified; choose uniform ones",
          candidates.provenance().dataset());
    }
    return candidates.labels();
  }

  /** The same strategy with the same number. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AnchorSelector that
        && strategy == that.strategy
        && number == that.number;
  }

  @Override
  public int hashCode() {
    return Objects.hash(strategy, number);
  }

  @Override
  public String toString() {
    return id();
  }
}
