// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.Named;
import java.util.Map;

/**
 * Detects terminals and colors. The launch scripts pass on the kinds of the streams, because Java
 * itself cannot tell standard output from standard error.
 */
public final class Terminal {
  private Terminal() {}

  /** Modes of coloring results. */
  public enum Color implements Named {
    AUTO,
    ALWAYS,
    NEVER
  }

  /** Returns true if standard error is a terminal on which one can go back in a line. */
  public static boolean showsProgress() {
    return Boolean.getBoolean("stitch.err.terminal") && !"dumb".equals(System.getenv("TERM"));
  }

  /** Returns true if standard output is a terminal. */
  public static boolean showsResults() {
    return Boolean.getBoolean("stitch.out.terminal");
  }

  /**
   * Returns true if standard output is a terminal with colors and the environment does not forbid
   * them.
   */
  public static boolean showsColors(Map<String, String> environment) {
    return showsResults()
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }
}
