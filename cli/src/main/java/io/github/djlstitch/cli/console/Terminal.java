// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.Named;
import java.util.Map;

/**
 * Whether output goes to a terminal, and whether to colour it. The launch scripts say what the
 * streams are, because Java itself cannot tell standard output from standard error.
 */
public final class Terminal {
  private Terminal() {}

  /** When results are coloured. */
  public enum Color implements Named {
    AUTO,
    ALWAYS,
    NEVER
  }

  /** Whether standard error is a terminal. */
  public static boolean showsProgress() {
    return Boolean.getBoolean("stitch.err.terminal");
  }

  /** Whether standard output is a terminal that shows colours, and nobody asked for none. */
  public static boolean showsColors(Map<String, String> environment) {
    return Boolean.getBoolean("stitch.out.terminal")
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }
}
