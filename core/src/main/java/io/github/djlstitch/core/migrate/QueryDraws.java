// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Samples of queries drawn with replacement, the same for every number (Efron 1979). */
final class QueryDraws {
  private static final int DRAWS = 2000;
  private static final double TAIL = .05;

  private final int[][] draws;
  private final int queries;

  QueryDraws(int queries, long seed) {
    var random = new Random(seed);
    this.queries = queries;
    this.draws = new int[DRAWS][];
    Arrays.setAll(draws, i -> random.ints(queries, 0, queries).toArray());
  }

  /** The interval of a number of some queries, given by their places. */
  Estimate of(ToDoubleFunction<int[]> number) {
    int[] all = new int[queries];
    Arrays.setAll(all, i -> i);
    double[] drawn = Arrays.stream(draws).mapToDouble(number).sorted().toArray();
    return new Estimate(
        number.applyAsDouble(all),
        drawn[(int) (TAIL * (DRAWS - 1))],
        drawn[(int) ((1 - TAIL) * (DRAWS - 1))]);
  }

  /** The mean of the scores of some queries. */
  static double mean(double[] scores, int[] places) {
    double sum = 0;
    for (int place : places) {
      sum += scores[place];
    }
    return sum / places.length;
  }
}
