// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.StitchException;
import java.util.HashSet;
import java.util.List;

/**
 * An anchor that is the weighted mean of samples. The same samples with the same weights make it in
 * every space. Immutable and thread-safe.
 *
 * @param ids distinct sample ids, at least one; the first one names the prototype
 * @param weights as many, above 0, with sum 1
 */
public record Prototype(List<String> ids, List<Double> weights) {
  private static final double ROUNDING = 1e-9;

  /** Takes copies and checks them. */
  public Prototype {
    ids = List.copyOf(ids);
    weights = List.copyOf(weights);
    double sum = weights.stream().mapToDouble(w -> w).sum();
    boolean positive = weights.stream().allMatch(w -> w > 0);
    if (ids.isEmpty()
        || ids.size() != weights.size()
        || !positive
        || !(Math.abs(sum - 1) <= ROUNDING)) {
      throw StitchException.badInput(
          "a prototype needs ids and as many weights above 0 with sum 1 but got %d ids and %d"
              + " weights with sum %s",
          ids.size(), weights.size(), sum);
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      throw StitchException.badInput("prototype '%s' has a sample twice", ids.get(0));
    }
  }

  /** A sample itself. */
  public static Prototype of(String id) {
    return new Prototype(List.of(id), List.of(1.0));
  }

  boolean isSample() {
    return ids.size() == 1;
  }
}
