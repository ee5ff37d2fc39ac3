// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.function.Executable;

/** Asserts kind and content of a failure, and that neither it nor its causes tell secrets. */
public final class HubFailures {
  private HubFailures() {}

  static StitchException unavailable(Executable action, String... parts) {
    return fails(StitchException.Kind.UNAVAILABLE, action, parts);
  }

  static StitchException verification(Executable action, String... parts) {
    return fails(StitchException.Kind.VERIFICATION, action, parts);
  }

  public static StitchException fails(
      StitchException.Kind kind, Executable action, String... parts) {
    StitchException e = assertThrows(StitchException.class, action);
    String message = e.getMessage();
    assertEquals(kind, e.kind(), message);
    assertFalse(message.contains("\n"), message);
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "no <" + part + "> in: " + message);
    }
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().contains("verysecret"), trace.toString());
    assertFalse(trace.toString().contains(FakeHub.TOKEN), trace.toString());
    return e;
  }
}
