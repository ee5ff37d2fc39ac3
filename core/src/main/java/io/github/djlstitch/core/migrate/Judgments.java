// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.StitchException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * People's judgments which documents answer which queries. Immutable.
 *
 * @param gains by query and document: 1 or more for an answer, 0 for none; what is not judged is
 *     none
 */
public record Judgments(Map<String, Map<String, Integer>> gains) {
  /** Takes a copy, in the same order of queries. */
  public Judgments {
    Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
    gains.forEach((query, documents) -> copy.put(query, Map.copyOf(documents)));
    gains = Collections.unmodifiableMap(copy);
  }

  /** The queries that have an answer, in the order of the judgments. */
  public List<String> answerable() {
    return gains.entrySet().stream()
        .filter(entry -> entry.getValue().values().stream().anyMatch(gain -> gain > 0))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The documents judged for a query.
   *
   * @throws StitchException (bad input) if it was not judged
   */
  Map<String, Integer> of(String query) {
    Map<String, Integer> documents = gains.get(query);
    if (documents == null) {
      throw StitchException.badInput("query '%s' was not judged", query);
    }
    return documents;
  }
}
