// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.cluster.MutualNeighbors;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.engine.UnitDirections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Paired anchors of two latent spaces, grown from a few known pairs. In each round both spaces are
 * projected onto the pairs so far (centered cosines), samples that are each other's nearest
 * neighbor in the relative space become candidates, and those with the largest cosine become the
 * pairs of the next round, twice as many as before; the known pairs always stay. When there are as
 * many as wanted, the last pairs are found again from themselves until the rounds are used up.
 *
 * <p>The setting is that of Cannistraci et al. 2023, "Bootstrapping Parallel Anchors for Relative
 * Representations" (arXiv:2303.00721), who solve it by gradient descent with Sinkhorn. Nothing
 * checks that the spaces correspond: compare the similarity of the pairs with that of a pairing
 * known to be wrong. Deterministic. Immutable and thread-safe.
 *
 * <p>Library-only: no command grows anchors. For example, without imports:
 *
 * <pre>{@code
 * var random = new Random(0);
 * float[] one = new float[200 * 8];
 * float[] other = new float[200 * 8];
 * for (int i = 0; i < one.length; i++) {
 *   one[i] = (float) random.nextGaussian();
 *   other[i ^ 1] = -3 * one[i];
 * }
 * var ids = IntStream.range(0, 200).mapToObj(i -> "sample " + i).toList();
 * var origin = new Provenance("example", "", "random", "", "all", "");
 * var x = LatentSpace.of(ids, new int[0], List.of(), FloatMatrix.wrap(200, 8, one), origin);
 * var y = LatentSpace.of(ids, new int[0], List.of(), FloatMatrix.wrap(200, 8, other), origin);
 * var known =
 *     ids.subList(0, 12).stream().map(id -> new AnchorBootstrap.Pair(id, id)).toList();
 * var grown = AnchorBootstrap.grow(x, y, known, 100);
 * FloatMatrix anchorsOfX = x.anchors(grown.x()); // 100 rows, and those of y beside them
 * FloatMatrix anchorsOfY = y.anchors(grown.y());
 * }</pre>
 *
 * @param x the anchors of the first space
 * @param y their partners in the second one, as many, in the same order
 * @param similarities cosine of each pair in the last relative space, 1 for known pairs
 */
public record AnchorBootstrap(Anchors x, Anchors y, List<Double> similarities) {
  private static final int REFINEMENTS = 5;

  /** Takes a copy of the similarities and checks that there are as many of each. */
  public AnchorBootstrap {
    similarities = List.copyOf(similarities);
    if (x.count() != y.count() || x.count() != similarities.size()) {
      throw StitchException.badInput(
          "%d and %d anchors with %d similarities; expected as many of each",
          x.count(), y.count(), similarities.size());
    }
  }

  /**
   * A pair of samples that are known to correspond.
   *
   * @param x id in the first space
   * @param y id in the second one; the spaces need not share ids
   */
  public record Pair(String x, String y) {}

  private record Scored(int x, int y, double similarity) {}

  /**
   * Grows anchors.
   *
   * @param seeds known pairs, at least 3, no sample twice
   * @param count how many pairs in the end, at least as many as seeds; fewer come back if fewer
   *     samples are each other's nearest
   * @throws StitchException (bad input) if there are fewer seeds or samples, a seed is not among
   *     the samples or occurs twice
   */
  public static AnchorBootstrap grow(LatentSpace x, LatentSpace y, List<Pair> seeds, int count) {
    requireSeeds(seeds, count, Math.min(x.ids().size(), y.ids().size()));
    int[] seedX = rows(x, seeds, Pair::x);
    int[] seedY = rows(y, seeds, Pair::y);
    List<Scored> known = new ArrayList<>();
    for (int i = 0; i < seeds.size(); i++) {
      known.add(new Scored(seedX[i], seedY[i], 1));
    }
    List<Scored> pairs = known;
    int refinements = REFINEMENTS;
    for (int size = seeds.size(); size < count || refinements > 0; ) {
      refinements -= size >= count ? 1 : 0;
      size = (int) Math.min(count, 2L * size);
      List<Scored> next = round(x, y, known, pairs, size);
      if (next.equals(pairs)) {
        break;
      }
      pairs = next;
    }
    return paired(x, y, pairs);
  }

  private static List<Scored> round(
      LatentSpace x, LatentSpace y, List<Scored> known, List<Scored> pairs, int size) {
    MutualNeighbors found =
        MutualNeighbors.of(
            relative(x, pairs.stream().mapToInt(Scored::x).toArray()),
            relative(y, pairs.stream().mapToInt(Scored::y).toArray()));
    Set<Integer> takenX = new HashSet<>(known.stream().map(Scored::x).toList());
    Set<Integer> takenY = new HashSet<>(known.stream().map(Scored::y).toList());
    List<Scored> next = new ArrayList<>(known);
    found.pairs().stream()
        .filter(pair -> !takenX.contains(pair.first()) && !takenY.contains(pair.second()))
        .map(pair -> new Scored(pair.first(), pair.second(), pair.similarity()))
        .sorted(Comparator.comparingDouble(Scored::similarity).reversed())
        .limit((long) size - known.size())
        .forEach(next::add);
    return next;
  }

  private static FloatMatrix relative(LatentSpace space, int[] anchors) {
    FloatMatrix chosen = space.vectors().select(anchors); // (M, D)
    FloatMatrix center = UnitDirections.mean(chosen, true); // (1, D)
    FloatMatrix keys = UnitDirections.from(chosen, center); // (M, D)
    return LinearAlgebra.product(
        UnitDirections.from(space.vectors(), center), LinearAlgebra.transpose(keys));
  }

  private static AnchorBootstrap paired(LatentSpace x, LatentSpace y, List<Scored> pairs) {
    return new AnchorBootstrap(
        new Anchors(pairs.stream().map(p -> x.ids().get(p.x())).toList(), "bootstrap", 0),
        new Anchors(pairs.stream().map(p -> y.ids().get(p.y())).toList(), "bootstrap", 0),
        pairs.stream().map(Scored::similarity).toList());
  }

  private static int[] rows(LatentSpace space, List<Pair> seeds, Function<Pair, String> side) {
    List<String> ids = seeds.stream().map(side).toList();
    if (new HashSet<>(ids).size() < ids.size()) {
      throw StitchException.badInput(
          "a sample of '%s' is in two seed pairs; each sample has one partner",
          space.provenance().dataset());
    }
    return ids.stream().mapToInt(space::row).toArray();
  }

  // Two anchors on their own mean are one direction and its opposite.
  private static void requireSeeds(List<Pair> seeds, int count, int samples) {
    if (seeds.size() < 3 || count < seeds.size() || count > samples) {
      throw StitchException.badInput(
          "%d anchor pairs cannot be grown from %d seed pairs of %d samples; give at least 3 seeds"
              + " and ask for at least as many and at most %d",
          count, seeds.size(), samples, samples);
    }
  }
}
