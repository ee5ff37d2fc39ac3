// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.Collections;
import java.util.List;

/**
 * How well samples find themselves, and their neighbours, from one space in another (Moschella et
 * al. 2023, Table 1): the measures Jaccard@k and MRR@k of {@link SpaceMeasure}, of which all k cost
 * one search.
 *
 * @param neighbours k
 * @param jaccard mean overlap of the k nearest of a sample's two vectors, in [0, 1]
 * @param mrr mean reciprocal rank of a sample itself, 0 beyond rank k, in [0, 1]
 */
public record Retrieval(int neighbours, double jaccard, double mrr) {
  /**
   * Searches Y with the vectors of X and with its own.
   *
   * @param x shape (N, D)
   * @param y of the same samples in the same order, shape (N, D)
   * @param neighbours each k, 1 to N
   * @return one for each k, in the order given
   * @throws StitchException (bad input) if the shapes differ, a value is not finite or there are
   *     fewer samples than neighbours
   */
  public static List<Retrieval> of(FloatMatrix x, FloatMatrix y, List<Integer> neighbours) {
    if (neighbours.isEmpty()) {
      throw StitchException.usage("retrieval needs a number of neighbours");
    }
    int most = Collections.max(neighbours);
    MeasureInput.require(SpaceMeasure.of(MeasureKind.JACCARD, most), x, y);
    Neighbours found = Neighbours.of(x, y, most);
    Neighbours own = Neighbours.of(y, y, most);
    return neighbours.stream().map(k -> of(found.first(k), own.first(k), k)).toList();
  }

  private static Retrieval of(Neighbours found, Neighbours own, int k) {
    return new Retrieval(
        k,
        new NeighbourOverlap(MeasureKind.JACCARD, found, own).value(),
        new NeighbourOverlap(MeasureKind.MRR, found, found).value());
  }

  /**
   * The k nearest rows of a base (N, D) for each query (Q, D), by cosine, nearest first; of equally
   * near ones the first row.
   *
   * @return their row numbers, Q times k
   * @throws StitchException (bad input) if there are fewer rows or the widths differ
   */
  public static int[][] nearest(FloatMatrix queries, FloatMatrix base, int k) {
    if (k < 1 || k > base.rows() || queries.columns() != base.columns()) {
      throw StitchException.badInput(
          "%d neighbours of %s in %s; expected 1 to %d and equal widths",
          k, queries, base, base.rows());
    }
    return Neighbours.of(queries, base, k).rows();
  }
}
