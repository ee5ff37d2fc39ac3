// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import org.junit.jupiter.api.function.Executable;

/** Expects failures with a one-line message. */
public final class Refusals {
  private Refusals() {}

  /** Runs the action and checks its message and kind. */
  public static void refused(String part, StitchException.Kind kind, Executable action) {
    var e = assertThrows(StitchException.class, action);
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertEquals(kind, e.kind(), e.getMessage());
  }
}
