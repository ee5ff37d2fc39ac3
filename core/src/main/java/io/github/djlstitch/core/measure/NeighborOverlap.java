// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;

/**
 * Jaccard@k, MRR@k and mutual kNN from lists of neighbors, which another pairing only renumbers.
 *
 * @param kind JACCARD, MRR or MUTUAL_KNN
 * @param x neighbors of X's vectors: in Y for Jaccard and MRR, else in X
 * @param y neighbors of Y's vectors in Y; for MRR the same as x, and not used
 */
record NeighborOverlap(MeasureKind kind, Neighbors x, Neighbors y) implements Comparison {

  static NeighborOverlap of(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    int k = (int) measure.option();
    if (measure.kind() == MeasureKind.MUTUAL_KNN) {
      return new NeighborOverlap(measure.kind(), Neighbors.within(x, k), Neighbors.within(y, k));
    }
    Neighbors queried = Neighbors.of(x, y, k);
    boolean rank = measure.kind() == MeasureKind.MRR;
    return new NeighborOverlap(measure.kind(), queried, rank ? queried : Neighbors.of(y, y, k));
  }

  @Override
  public double permuted(int[] order) {
    return Comparison.mean(scores(order));
  }

  @Override
  public double[] scores() {
    return scores(RowDraws.identity(x.rows().length));
  }

  private double[] scores(int[] order) {
    int[] inverse = RowDraws.inverse(order);
    int[] mark = new int[order.length];
    double[] scores = new double[order.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          switch (kind) {
            case MRR -> reciprocalRank(x.place(i, order[i]));
            case JACCARD -> jaccard(common(i, x.rows()[i], y.rows()[order[i]], mark));
            default -> overlap(common(i, x.rows()[i], renumbered(order[i], inverse), mark));
          };
    }
    return scores;
  }

  private static double reciprocalRank(int place) {
    return place < 0 ? 0 : 1.0 / (place + 1);
  }

  private double jaccard(int common) {
    return common / (2.0 * x.rows()[0].length - common);
  }

  private double overlap(int common) {
    return common / (double) x.rows()[0].length;
  }

  private int[] renumbered(int row, int[] inverse) {
    int[] out = y.rows()[row].clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = inverse[out[i]];
    }
    return out;
  }

  // Marks are one more than the row they were set for, so they need no clearing.
  private static int common(int row, int[] a, int[] b, int[] mark) {
    for (int j : a) {
      mark[j] = row + 1;
    }
    int common = 0;
    for (int j : b) {
      common += mark[j] == row + 1 ? 1 : 0;
    }
    return common;
  }
}
