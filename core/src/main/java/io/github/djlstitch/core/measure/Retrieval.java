// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Retrieval of samples and their neighbors from one space in another (Moschella et al. 2023, table
 * 1, appendix A.5.1): {@link MeasureKind#JACCARD}, {@link MeasureKind#MRR} and {@link
 * MeasureKind#COSINE} for several k from one search. Thread-safe.
 *
 * @param k the number of neighbors
 * @param jaccard overlap of a sample's neighbors in Y, searched with its vector in X and in Y, over
 *     their union; 0 to 1
 * @param mrr mean of one over the sample's own rank in Y, 0 beyond rank k; 0 to 1
 * @param cosine mean cosine of a sample's two vectors
 */
public record Retrieval(int k, double jaccard, double mrr, double cosine) {
  /**
   * Searches Y with the vectors of X.
   *
   * @param x shape (N, D)
   * @param y shape (N, D), the same samples
   * @param neighbors each k, from 1 to N
   * @return one for each k, in that order
   * @throws io.github.djlstitch.core.StitchException (bad input) as {@link SpaceMeasure#of}
   */
  public static List<Retrieval> of(FloatMatrix x, FloatMatrix y, List<Integer> neighbors) {
    int most = neighbors.stream().mapToInt(k -> k).max().orElseThrow();
    MeasureInput.require(SpaceMeasure.of(MeasureKind.JACCARD, most), x, y);
    double cosine = PairedRows.of(MeasureKind.COSINE, x, y).value();
    Neighbors queried = Neighbors.of(x, y, most);
    Neighbors own = Neighbors.of(y, y, most);
    List<Retrieval> found = new ArrayList<>();
    for (int k : neighbors) {
      Neighbors nearest = queried.first(k);
      found.add(
          new Retrieval(
              k,
              new NeighborOverlap(MeasureKind.JACCARD, nearest, own.first(k)).value(),
              new NeighborOverlap(MeasureKind.MRR, nearest, nearest).value(),
              cosine));
    }
    return found;
  }
}
