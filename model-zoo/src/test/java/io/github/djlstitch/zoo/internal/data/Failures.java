// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import org.junit.jupiter.api.function.Executable;

/** Asserts kind and content of a failure, and that its message is one line. */
public final class Failures {
  private Failures() {}

  public static StitchException badInput(Executable action, String... parts) {
    return fails(StitchException.Kind.BAD_INPUT, action, parts);
  }

  static StitchException unavailable(Executable action, String... parts) {
    return fails(StitchException.Kind.UNAVAILABLE, action, parts);
  }

  public static StitchException usage(Executable action, String... parts) {
    return fails(StitchException.Kind.USAGE, action, parts);
  }

  /** Asserts that an action either succeeds or fails as bad input. */
  static void badInputOrNothing(Executable action, String... parts) {
    try {
      action.execute();
    } catch (StitchException e) {
      badInput(
          () -> {
            throw e;
          },
          parts);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static StitchException fails(
      StitchException.Kind kind, Executable action, String... parts) {
    StitchException e = assertThrows(StitchException.class, action);
    String message = String.valueOf(e.getMessage());
    assertEquals(kind, e.kind(), message);
    assertFalse(message.contains("\n"), message);
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "no <" + part + "> in: " + message);
    }
    return e;
  }
}
