// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.cluster.FarthestPointSampling;
import io.github.djlstitch.core.internal.cluster.FarthestPointSampling.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which anchors inverse relative projection keeps, once for each subspace it averages over. The
 * list is made on one space's anchors and used for every space: otherwise two codecs would not mean
 * the same anchors.
 *
 * @param anchors how many anchors there are, M
 * @param delta the smallest distance {@code 1 - |cos|} between kept anchors; 0 without pruning
 * @param kept for each subspace the rows of the anchors it keeps, ascending
 */
public record Subspaces(int anchors, double delta, List<List<Integer>> kept) {
  /** The number of subspaces that the paper averages; the default for a delta that is given. */
  public static final int PUBLISHED_OMEGA = 8;

  /** Takes copies and checks the rows. */
  public Subspaces {
    kept = kept.stream().map(List::copyOf).toList();
    if (kept.isEmpty()) {
      throw StitchException.badInput("inverse relative projection needs at least 1 subspace");
    }
    for (List<Integer> rows : kept) {
      requireAscending(rows, anchors);
    }
  }

  private static void requireAscending(List<Integer> rows, int anchors) {
    int last = -1;
    for (int row : rows) {
      if (row <= last || row >= anchors) {
        throw StitchException.badInput(
            "a subspace keeps anchor %d after anchor %d; expected ascending rows below %d",
            row, last, anchors);
      }
      last = row;
    }
    if (rows.isEmpty()) {
      throw StitchException.badInput("a subspace keeps no anchor; prune less");
    }
  }

  /** All anchors, once: no pruning. */
  public static Subspaces whole(int anchors) {
    if (anchors < 1) {
      throw StitchException.badInput("a codec needs at least 1 anchor but got %d", anchors);
    }
    return new Subspaces(anchors, 0, List.of(IntStream.range(0, anchors).boxed().toList()));
  }

  /**
   * Prunes by farthest-point sampling with the distance {@code 1 - |cos|} (Maiorca et al. 2024):
   * from a random anchor, the farthest one is kept again and again while it is at least {@code
   * delta} from those kept. Anchors without a direction are dropped.
   *
   * @param space on whose anchors it is decided
   * @param delta 0 (keep all) to 1; 0.65 to 0.75 in the paper
   * @param omega how many subspaces, at least 1; 8 in the paper
   * @param seed decides the first anchor of each
   */
  public static Subspaces prune(
      AnchoredSpace space, Centering centering, double delta, int omega, long seed) {
    if (!(delta >= 0 && delta <= 1) || omega < 1) {
      throw StitchException.usage(
          "pruning with delta %s and omega %d; expected a delta from 0 to 1 and an omega of at"
              + " least 1",
          delta, omega);
    }
    FloatMatrix standard = space.frame(centering, true).apply(space.anchors()); // (M, D)
    int[] directed = withDirection(standard);
    if (delta == 0 || directed.length == 0) {
      return whole(standard.rows());
    }
    FloatMatrix candidates = standard.select(directed);
    // First draws of generators with neighboring seeds are alike, so seeds are drawn themselves.
    var seeds = new Random(seed);
    List<List<Integer>> kept = new ArrayList<>();
    for (int i = 0; i < omega; i++) {
      int[] chosen =
          FarthestPointSampling.choose(
              candidates, Metric.ABSOLUTE_COSINE, directed.length, delta, seeds.nextLong());
      kept.add(Arrays.stream(chosen).map(k -> directed[k]).sorted().boxed().toList());
    }
    return new Subspaces(standard.rows(), delta, kept);
  }

  /**
   * Prunes as {@link #prune}, with delta and omega chosen on this space alone: the pair for which a
   * code that was disturbed as codes of other spaces are comes back with the highest cosine.
   * Details: {@link PruningChoice}.
   */
  public static Subspaces automatic(AnchoredSpace space, Centering centering, long seed) {
    return PruningChoice.best(space, centering, seed);
  }

  /**
   * The same subspaces of some of the anchors.
   *
   * @param rows of the anchors that are left, ascending; a subspace that loses all keeps all
   */
  public Subspaces select(int[] rows) {
    List<List<Integer>> left =
        kept.stream()
            .map(
                one ->
                    IntStream.range(0, rows.length)
                        .filter(i -> Collections.binarySearch(one, rows[i]) >= 0)
                        .boxed()
                        .toList())
            .map(one -> one.isEmpty() ? IntStream.range(0, rows.length).boxed().toList() : one)
            .toList();
    return new Subspaces(rows.length, delta, left);
  }

  /** Returns the number of subspaces that are averaged. */
  public int omega() {
    return kept.size();
  }

  /** The first {@code count} subspaces. */
  Subspaces first(int count) {
    return new Subspaces(anchors, delta, kept.subList(0, count));
  }

  /** One of the subspaces. */
  Subspaces only(int subspace) {
    return new Subspaces(anchors, delta, List.of(kept.get(subspace)));
  }

  int[] rows(int subspace) {
    return kept.get(subspace).stream().mapToInt(row -> row).toArray();
  }

  boolean isWhole() {
    return kept.stream().allMatch(rows -> rows.size() == anchors);
  }

  private static int[] withDirection(FloatMatrix standard) {
    return IntStream.range(0, standard.rows()).filter(i -> anyNonZero(standard.row(i))).toArray();
  }

  private static boolean anyNonZero(float[] row) {
    for (float value : row) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }
}
