// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
  @Test
  void aWarningIsToldOnceAndAnotherOneToo() {
    var err = new StringWriter();
    var out = new PrintWriter(new StringWriter());
    var screen = new Screen(false, () -> 80, () -> 0);
    var console = new Console(out, new PrintWriter(err), screen, true);
    console.warn("no prefix");
    console.warn("no prefix");
    console.warn("no texts");
    assertEquals("warning: no prefix\nwarning: no texts\n", err.toString().replace("\r\n", "\n"));
  }
}
