// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.cli.report.ShortNames;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShortNamesTest {
  @Test
  void foldersAndRepositoriesAreCutToTheirLastPart() {
    var names = ShortNames.of(List.of("minilm", "../models/vit"), List.of("hf:org/vit-b@main"));
    assertEquals("minilm", names.of("minilm"));
    assertEquals("vit-head", names.of("../models/vit-head"));
    assertEquals("vit-b@main", names.of("hf:org/vit-b@main"));
    assertEquals("x", names.of("C:\\models\\x"));
  }

  @Test
  void whatWouldBeAmbiguousStaysWhole() {
    var names = ShortNames.of(List.of("a/vit"), List.of("b/vit"));
    assertEquals("a/vit", names.of("a/vit"));
    assertEquals("b/vit-head", names.of("b/vit-head"));
  }
}
