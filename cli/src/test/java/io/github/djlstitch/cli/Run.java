// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One run of the command line in this process, and what came of it. */
record Run(int code, String out, String err) {

  // On a busy machine anything may take so long that it is told of.
  private static final String PROGRESS = "(?m)^(.*: [0-9]+ %(, .*)?|at work for .*)\\R";

  /** Runs with the shared cache and no other settings. */
  static Run of(String... arguments) {
    return with(Map.of(), arguments);
  }

  /** Runs with these variables besides the shared cache. */
  static Run with(Map<String, String> environment, String... arguments) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.putIfAbsent("STITCH_CACHE_DIR", Sample.cache().toString());
    variables.putIfAbsent("XDG_CONFIG_HOME", Sample.folder().resolve("no-config").toString());
    return in(Sample.folder(), variables, arguments);
  }

  /** Runs in a working folder with exactly these variables. */
  static Run in(Path workingFolder, Map<String, String> environment, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        StitchCommandLine.of(
                new PrintWriter(out),
                new PrintWriter(err),
                environment,
                workingFolder,
                List.of(arguments))
            .execute(arguments);
    return new Run(code, out.toString(), err.toString().replaceAll(PROGRESS, ""));
  }

  /** Checks that all went well. */
  Run ok() {
    assertEquals(0, code, err);
    return this;
  }

  /** CSV results without what differs from run to run: who, how and the scores. */
  String scores() {
    return scores(out);
  }

  static String scores(String csv) {
    return csv.replaceAll("(?m)^((?:[^,\r\n]*,){8}[^,\r\n]*),[^\r\n]*", "$1");
  }

  /** Checks for a failure: this exit code, nothing on stdout, one line that has the parts. */
  Run refused(int expected, String... parts) {
    assertEquals(expected, code, err);
    assertEquals("", out);
    String told = refusal(err);
    assertEquals(1, told.lines().count(), err);
    assertTrue(told.startsWith("stitch: "), err);
    for (String part : parts) {
      assertTrue(told.contains(part), () -> "no <" + part + "> in: " + err);
    }
    return this;
  }

  // A processor without bfloat16 brings a warning.
  private static String refusal(String err) {
    return err.lines()
        .filter(line -> !line.matches("warning: .*: slower kernels .*"))
        .collect(Collectors.joining("\n"));
  }

  /** Checks that no line is wider than a terminal of 80 columns, but for the data set's path. */
  Run narrow() {
    out.replace(Sample.dataset(), "DATA")
        .lines()
        .forEach(line -> assertTrue(line.length() <= 80, line));
    return this;
  }
}
