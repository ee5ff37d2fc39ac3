// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** Expects a failure with a one-line message. */
public final class Refusal {
  private Refusal() {}

  /** Runs the action and checks that its message contains {@code part}. */
  public static void refused(String part, Executable action) {
    refused(part, null, action);
  }

  /** As {@link #refused(String, Executable)}, and of this kind. */
  public static void refused(String part, StitchException.@Nullable Kind kind, Executable action) {
    var e = assertThrows(StitchException.class, action);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(part), message);
    assertEquals(-1, message.indexOf('\n'), message);
    assertEquals(kind == null ? e.kind() : kind, e.kind(), message);
  }
}
