// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WordNetEntriesTest {
  // The number is that of the lines of WordNet's data files, without their headings: awk 'NR > 29'.
  @Test
  void everyEntryHasItsWordsDefinitionAndExamples() {
    List<String> entries = WordNetEntries.read();
    assertEquals(117_791, entries.size());
    assertTrue(entries.get(0).startsWith("entity: that which is perceived"), entries.get(0));
    assertTrue(entries.stream().anyMatch(e -> e.contains("dog, domestic dog, Canis familiaris")));
    assertTrue(entries.stream().anyMatch(e -> e.contains("\"the dog barked all night\"")));
  }
}
