// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NounGlossesTest {
  @Test
  void firstSensesInTheOrderAsked() {
    var senses = NounGlosses.firstSenses(List.of("dog", "no such noun", "automobile"));
    assertEquals(3, senses.size());
    assertEquals("dog", senses.get(0).orElseThrow().words().get(0));
    assertTrue(senses.get(0).orElseThrow().gloss().startsWith("a member of the genus Canis"));
    assertFalse(senses.get(0).orElseThrow().gloss().contains(";"));
    assertEquals(Optional.empty(), senses.get(1));
    assertTrue(senses.get(2).orElseThrow().words().contains("motorcar"));
  }
}
