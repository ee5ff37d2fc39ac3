// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import org.junit.jupiter.api.function.Executable;

/** Expects that input is refused, in one line. */
public final class Refusal {
  private Refusal() {}

  public static void refused(String part, Executable action) {
    var e = assertThrows(StitchException.class, action);
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind(), e.getMessage());
  }
}
