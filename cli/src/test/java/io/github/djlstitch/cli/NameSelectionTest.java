// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.cli.option.NameSelection;
import io.github.djlstitch.core.StitchException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameSelectionTest {
  private static final NameSelection KNOWN =
      new NameSelection(
          List.of("minilm", "bge-small", "bge-small-zh", "vit-base"),
          List.of("minilm", "bge-small", "bge-small-zh"),
          List.of("minilm", "bge-small", "bge-small-zh", "vit-base"));

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
        "v* | vit-base",
        "../models/vit/,hf:org/name@main | ../models/vit hf:org/name@main",
        "C:\\vit | C:\\vit",
      })
  void globsListsAndAllBecomeNamesOnce(String selection, String names) {
    assertEquals(names, String.join(" ", KNOWN.encoders(selection)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all | minilm bge-small bge-small-zh",
        "*-head | minilm bge-small bge-small-zh",
        "minilm-head,bge-small-head,minilm-head | minilm bge-small",
        "../models/vit-head,hf:org/name-head | ../models/vit hf:org/name",
        "v*-head | vit-base",
      })
  void headsAreNamedAfterTheirEncoders(String selection, String names) {
    assertEquals(names, String.join(" ", KNOWN.decoders(selection)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minilmm-head | did you mean 'minilm-head'?",
        "minilm | the decoder trained on it is 'minilm-head'",
        "x*-head | no decoder 'x*-head'",
        "../models/vit | no decoder '../models/vit'",
      })
  void whatIsNoHeadIsRefused(String selection, String part) {
    var failure = assertThrows(StitchException.class, () -> KNOWN.decoders(selection));
    assertTrue(failure.getMessage().contains(part), failure.getMessage());
  }
}
