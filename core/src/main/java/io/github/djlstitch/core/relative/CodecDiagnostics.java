// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How sound a codec is, from its own space alone.
 *
 * @param anchors number of anchors M
 * @param kept how many of them each subspace keeps
 * @param conditionNumber the encoder's largest gain times the decoder's, over the singular
 *     directions that are inverted: the largest over the smallest singular value for the
 *     pseudo-inverse, 1 for a Parseval frame; the worst of the subspaces; 0 if nothing is inverted
 * @param rank directions that are inverted, the fewest of the subspaces
 * @param effectiveRank the exponential of the entropy of the anchors' singular values (Roy and
 *     Vetterli 2007), averaged over the subspaces
 * @param norms lengths of the space's data, as the encoder gave them
 */
public record CodecDiagnostics(
    int anchors,
    List<Integer> kept,
    double conditionNumber,
    int rank,
    double effectiveRank,
    NormStatistics norms) {
  /** Takes a copy of the counts. */
  public CodecDiagnostics {
    kept = List.copyOf(kept);
  }

  /** By name, for reports; kept anchors are the mean over the subspaces. */
  public Map<String, Double> numbers() {
    var numbers = new TreeMap<String, Double>();
    numbers.put(Diagnostics.KEPT_ANCHORS, kept.stream().mapToInt(k -> k).average().orElse(0));
    numbers.put(Diagnostics.CONDITION_NUMBER, conditionNumber);
    numbers.put(Diagnostics.RANK, (double) rank);
    numbers.put(Diagnostics.EFFECTIVE_RANK, effectiveRank);
    numbers.put(Diagnostics.MEAN_NORM, norms.mean());
    numbers.put(Diagnostics.STD_NORM, norms.std());
    return numbers;
  }
}
