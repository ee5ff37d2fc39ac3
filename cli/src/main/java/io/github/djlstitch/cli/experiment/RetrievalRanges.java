// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The means over seeds of several rows, from the smallest to the largest, for claims in words.
 *
 * @param rows of the same K
 * @param k number of neighbours
 */
record RetrievalRanges(List<SpaceRetrieval.Row> rows, int k) {
  /** From the smallest to the largest mean. */
  record Range(double low, double high) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f to %.2f", low, high);
    }
  }

  /** Whether there is a measurement of such a space. */
  boolean has(String space) {
    return rows.stream().anyMatch(row -> row.space().equals(space) && !row.scores().isEmpty());
  }

  Range jaccard(String space) {
    return of(space, scores -> scores.at(k).jaccard());
  }

  Range mrr(String space) {
    return of(space, scores -> scores.at(k).mrr());
  }

  Range cosine(String space) {
    return of(space, SpaceScores::cosine);
  }

  private Range of(String space, ToDoubleFunction<SpaceScores> score) {
    DoubleSummaryStatistics means =
        rows.stream()
            .filter(row -> row.space().equals(space) && !row.scores().isEmpty())
            .mapToDouble(row -> row.mean(score))
            .summaryStatistics();
    return new Range(means.getMin(), means.getMax());
  }
}
