// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import java.util.ArrayList;
import java.util.List;

/** WordNet 3.1 as running text: about 118,000 entries, each its words, definition and examples. */
public final class WordNetEntries {
  private static final List<String> FILES =
      List.of("data.noun", "data.verb", "data.adj", "data.adv");

  private WordNetEntries() {}

  /**
   * All entries, in the order of the dictionary.
   *
   * @throws StitchException (unavailable) if WordNet cannot be read
   */
  public static List<String> read() {
    List<String> entries = new ArrayList<>();
    for (String file : FILES) {
      WordNetFile.read(
          file, entry -> entries.add(String.join(", ", entry.words()) + ": " + entry.gloss()));
    }
    return entries;
  }
}
