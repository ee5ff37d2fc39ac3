// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
  private static final List<String> KNOWN = List.of("wordnet", "trec", "sib200", "csv", "tsv");

  @Test
  void findsTypingErrors() {
    assertEquals(Optional.of("wordnet"), NearestName.of("wrdnet", KNOWN));
    assertEquals(Optional.of("wordnet"), NearestName.of("WordNet", KNOWN));
    assertEquals(Optional.of("trec"), NearestName.of("tree", KNOWN));
    assertEquals(Optional.of("sib200"), NearestName.of("sib-200", KNOWN));
  }

  @Test
  void lettersThatChangedPlacesAreOneError() {
    assertEquals(Optional.of("table5"), NearestName.of("tabel5", List.of("table15", "table5")));
    assertEquals(Optional.of("trec"), NearestName.of("terc", KNOWN));
  }

  @Test
  void firstOfEquallyNearWins() {
    assertEquals(Optional.of("csv"), NearestName.of("xsv", KNOWN));
  }

  @Test
  void farNamesAreNoHint() {
    assertEquals(Optional.empty(), NearestName.of("imagenet-1k", KNOWN));
    assertEquals(Optional.empty(), NearestName.of("", KNOWN));
    assertEquals(Optional.empty(), NearestName.of("a", List.of("b")));
    assertEquals(Optional.empty(), NearestName.of("trec", List.of()));
    assertEquals(Optional.empty(), NearestName.of("w".repeat(1_000_000), KNOWN));
  }
}
