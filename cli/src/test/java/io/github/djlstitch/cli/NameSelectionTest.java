// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameSelectionTest {
  private static final List<String> KNOWN = List.of("minilm", "bge-small", "bge-small-zh");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all | minilm bge-small bge-small-zh",
        "* | minilm bge-small bge-small-zh",
        "bge* | bge-small bge-small-zh",
        "bge-smal? | bge-small",
        "bge-small, minilm | bge-small minilm",
        "minilm,all,minilm | minilm bge-small bge-small-zh",
      })
  void globsListsAndAllBecomeNamesOnce(String selection, String names) {
    assertEquals(names, String.join(" ", NameSelection.encoders(selection, KNOWN)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all | minilm bge-small bge-small-zh",
        "*-head | minilm bge-small bge-small-zh",
        "minilm-head,bge-small-head,minilm-head | minilm bge-small",
      })
  void headsAreNamedAfterTheirEncoders(String selection, String names) {
    assertEquals(names, String.join(" ", NameSelection.decoders(selection, KNOWN)));
  }
}
