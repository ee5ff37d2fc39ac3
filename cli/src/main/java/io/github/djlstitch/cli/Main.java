// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.console.Heartbeat;
import io.github.djlstitch.cli.console.StandardOutput;
import io.github.djlstitch.core.StitchException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The process: arguments in, exit code out. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    // Nothing is ever downloaded by the engine, and it calls nobody.
    System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
    System.setProperty("OPT_OUT_TRACKING", "true");
    var results = StandardOutput.ofThisProcess();
    var out = new PrintWriter(results, false, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Heartbeat.start();
    var command = StitchCommandLine.of(out, err, System.getenv(), Path.of(""), List.of(args));
    int code = command.execute(args);
    out.flush();
    int known = results.failure().map(failure -> tell(failure, err)).orElse(ExitCode.DONE);
    err.flush();
    System.exit(code == ExitCode.DONE ? known : code);
  }

  private static int tell(StitchException failure, PrintWriter err) {
    err.println("stitch: " + failure.getMessage());
    return ExitCode.of(failure);
  }
}
