// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.stitch.DecoderSpec.Head;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads in files and keys. */
final class DecoderSpecTest {
  @Test
  void aHeadIsReadFromItsText() {
    Head head = Head.of("mlp").with("epochs", 5).with("rate", 1e-4).with("balanced");
    assertEquals("mlp epochs=5 rate=1.0E-4 balanced", head.text());
    assertEquals(head, Head.parse(head.text()));
    assertEquals(
        Map.of("epochs", "5", "rate", "1.0E-4", "balanced", ""),
        Head.parse(head.text()).settings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "linear l2=3.0E-5 balanced",
        "linear l2=1e-3",
        "two  spaces",
        "",
        " ",
        "mlp a= b",
        "mlp a=1 a=2",
        "mlp with tanh, as of 2023",
      })
  void anyTextStaysAsItIs(String text) {
    assertEquals(text, Head.parse(text).text());
  }
}
