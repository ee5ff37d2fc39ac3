// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;

/**
 * The streams of a command: results on {@code out}, narration and progress on {@code err}.
 * Thread-safe.
 */
public final class Console implements Progress {
  private final PrintWriter out;
  private final PrintWriter err;
  private final ProgressLine progress;
  private final boolean quiet;
  private final Set<String> warned = new HashSet<>();

  /** Writes to these; progress as that screen needs it. */
  public Console(PrintWriter out, PrintWriter err, Screen screen, boolean quiet) {
    this.out = out;
    this.err = err;
    this.progress = new ProgressLine(err, screen);
    this.quiet = quiet;
  }

  /** The writer of results. */
  public PrintWriter out() {
    return out;
  }

  /** Prints results: a text with its line feeds, at once. */
  public synchronized void print(String text) {
    progress.end();
    out.print(text);
    out.flush();
  }

  /** Prints a line of narration unless quiet. */
  @Override
  public synchronized void say(String line) {
    progress.tell();
    if (!quiet) {
      err.println(Printable.lines(line));
      err.flush();
    }
  }

  /** Prints a warning, even when quiet, but none twice. */
  public synchronized void warn(String line) {
    if (warned.add(line)) {
      progress.tell();
      err.println("warning: " + Printable.line(line));
      err.flush();
    }
  }

  @Override
  public void at(String what, long done, long total) {
    at(what, "", done, total);
  }

  @Override
  public synchronized void at(String what, String detail, long done, long total) {
    if (!quiet) {
      progress.at(Printable.line(what), Printable.line(detail), done, total);
    }
  }

  /** Shows that work goes on; to be called about once a second. */
  public synchronized void tick() {
    if (!quiet) {
      progress.tick();
    }
  }

  /** Tells of tasks only, as where people type in between. */
  public synchronized void rest() {
    progress.rest();
  }

  /** Removes a bar that is still shown: the work is done. */
  public synchronized void clearBar() {
    progress.end();
  }
}
