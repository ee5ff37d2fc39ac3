// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import java.util.Map;

/**
 * Whether output goes to a terminal, and whether to colour it. The launch scripts say what the
 * streams are, because Java itself cannot tell standard output from standard error.
 */
final class Terminal {
  private Terminal() {}

  /** Whether standard error is a terminal. */
  static boolean showsProgress() {
    return Boolean.getBoolean("stitch.err.terminal");
  }

  /** Whether results are coloured: {@code always}, {@code never}, or as standard output allows. */
  static boolean colored(String when, Map<String, String> environment) {
    return switch (when) {
      case "always" -> true;
      case "never" -> false;
      default ->
          Boolean.getBoolean("stitch.out.terminal")
              && environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !"dumb".equals(environment.get("TERM"));
    };
  }
}
