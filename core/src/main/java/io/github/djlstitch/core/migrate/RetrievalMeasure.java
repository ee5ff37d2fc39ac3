// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import java.util.Collection;
import java.util.List;

/**
 * Measures of one query's results against people's judgments, from 0 (none of the answers) to 1.
 * Documents that nobody judged count as no answers.
 */
public enum RetrievalMeasure implements Named {
  /**
   * Normalized discounted cumulative gain of the first ten (Jarvelin and Kekalainen 2002), with the
   * gains as judged and the discount {@code 1 / log2(rank + 1)}, as trec_eval's {@code ndcg_cut}.
   */
  NDCG_AT_10(10) {
    @Override
    double value(List<Integer> found, Collection<Integer> judged) {
      List<Integer> best =
          judged.stream().sorted((a, b) -> Integer.compare(b, a)).limit(depth()).toList();
      return discounted(found) / discounted(best);
    }
  },
  /** The share of the answers that are among the first hundred. */
  RECALL_AT_100(100) {
    @Override
    double value(List<Integer> found, Collection<Integer> judged) {
      return (double) answers(found) / answers(judged);
    }
  };

  private final int depth;

  RetrievalMeasure(int depth) {
    this.depth = depth;
  }

  /** The number of results it looks at. */
  public int depth() {
    return depth;
  }

  /** The name in tables, such as {@code nDCG@10}. */
  public String title() {
    return this == NDCG_AT_10 ? "nDCG@10" : "recall@100";
  }

  /**
   * Measures the results of a query.
   *
   * @param query its id
   * @param results ids of documents, the best first
   * @throws StitchException (bad input) if the query was not judged or has no answer
   */
  public double of(String query, List<String> results, Judgments judgments) {
    var judged = judgments.of(query);
    if (answers(judged.values()) == 0) {
      throw StitchException.badInput("query '%s' has no answer to find", query);
    }
    List<Integer> found =
        results.stream().limit(depth).map(id -> judged.getOrDefault(id, 0)).toList();
    return value(found, judged.values());
  }

  abstract double value(List<Integer> found, Collection<Integer> judged);

  private static long answers(Collection<Integer> gains) {
    return gains.stream().filter(gain -> gain > 0).count();
  }

  private static double discounted(List<Integer> gains) {
    double sum = 0;
    for (int i = 0; i < gains.size(); i++) {
      sum += Math.max(0, gains.get(i)) * Math.log(2) / Math.log(i + 2.0);
    }
    return sum;
  }
}
