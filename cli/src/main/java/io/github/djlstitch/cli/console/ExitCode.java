// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.StitchException;

/** Exit codes of the command line, as {@code stitch --help} lists them. */
public final class ExitCode {
  /** All is well. */
  public static final int DONE = 0;

  /** A bug. */
  public static final int INTERNAL = 1;

  /** Wrong usage, or an unknown name. */
  public static final int USAGE = 2;

  /** Bad input. */
  public static final int BAD_INPUT = 3;

  /** Model, engine or device not available. */
  public static final int UNAVAILABLE = 4;

  /** A digest or a known answer does not match. */
  public static final int VERIFICATION = 5;

  /** A negative verdict: {@code --fail-under}, or no alignment. */
  public static final int NEGATIVE = 6;

  /** Out of disk, memory or permissions. */
  public static final int RESOURCES = 7;

  private ExitCode() {}

  /** The code of a failure. */
  public static int of(Throwable failure) {
    if (failure instanceof StitchException known) {
      return switch (known.kind()) {
        case USAGE -> USAGE;
        case BAD_INPUT -> BAD_INPUT;
        case UNAVAILABLE -> UNAVAILABLE;
        case VERIFICATION -> VERIFICATION;
        case RESOURCES -> RESOURCES;
      };
    }
    return failure instanceof OutOfMemoryError ? RESOURCES : INTERNAL;
  }
}
