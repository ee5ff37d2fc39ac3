// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process: arguments in, exit code out. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    // Nothing is ever downloaded by the engine, and it calls nobody.
    System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
    System.setProperty("OPT_OUT_TRACKING", "true");
    var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = StitchCommandLine.of(out, err, System.getenv()).execute(args);
    out.flush();
    err.flush();
    System.exit(code);
  }
}
