// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.relative.Standardization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One list of results from several populations of vectors, such as migrated and newly encoded ones
 * during a backfill. Their cosines do not compare: those of each population are standardized by
 * what the query scores on a random part of that population.
 */
public final class MergedSearch {
  /**
   * A result.
   *
   * @param id of the document
   * @param score the higher the better
   */
  public record Result(String id, double score) {}

  /**
   * The results of a query in one population.
   *
   * @param mean of the query's scores on a random part of the population
   * @param deviation standard deviation of these scores, 0 or more
   * @param results with scores of the same kind
   */
  public record Found(double mean, double deviation, List<Result> results) {
    /** Takes a copy and checks the numbers. */
    public Found {
      results = List.copyOf(results);
      boolean finite = results.stream().allMatch(result -> Double.isFinite(result.score()));
      if (!finite || !Double.isFinite(mean) || !(deviation >= 0 && deviation < Double.MAX_VALUE)) {
        throw StitchException.badInput(
            "results of a population with a score that is not finite, or mean %s and deviation %s",
            mean, deviation);
      }
    }

    /**
     * Results whose scores are cosines.
     *
     * @param query shape (1, D)
     * @param sample a random part of the population, shape (S, D); a few hundred do
     * @throws StitchException (bad input) if the widths differ or a value is not finite
     */
    public static Found byCosine(FloatMatrix query, FloatMatrix sample, List<Result> results) {
      FloatMatrix direction = LinearAlgebra.transpose(Standardization.unit(query)); // (D, 1)
      float[] scores =
          LinearAlgebra.product(Standardization.unit(sample), direction).toArray(); // (S)
      double mean = 0;
      for (float score : scores) {
        mean += score / scores.length;
      }
      double squares = 0;
      for (float score : scores) {
        squares += (score - mean) * (score - mean) / scores.length;
      }
      return new Found(mean, Math.sqrt(squares), results);
    }

    private List<Result> standardized() {
      double scale = deviation > 0 ? 1 / deviation : 0;
      return results.stream().map(r -> new Result(r.id(), (r.score() - mean) * scale)).toList();
    }
  }

  private MergedSearch() {}

  /**
   * Merges the results of one query: the best first, with standardized scores. Of equal scores that
   * of the earlier population comes first; a document that several populations have counts once,
   * where it stands best.
   *
   * @param most how many results to return
   */
  public static List<Result> merge(List<Found> populations, int most) {
    List<Result> all = new ArrayList<>();
    populations.forEach(found -> all.addAll(found.standardized()));
    all.sort(Comparator.comparingDouble(Result::score).reversed());
    List<Result> merged = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Result result : all) {
      if (merged.size() < most && seen.add(result.id())) {
        merged.add(result);
      }
    }
    return merged;
  }
}
