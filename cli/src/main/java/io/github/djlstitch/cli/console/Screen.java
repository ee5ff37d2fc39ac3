// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The place that progress is shown on, and the clock that it is shown by.
 *
 * @param terminal whether it is a terminal; else it is a log, which is never gone back in
 * @param columns the width at the moment
 * @param nanos a clock that does not go back
 */
public record Screen(boolean terminal, IntSupplier columns, LongSupplier nanos) {
  /** Standard error as it is. */
  public static Screen ofThisProcess() {
    return new Screen(Terminal.showsProgress(), new TerminalWidth(), System::nanoTime);
  }
}
