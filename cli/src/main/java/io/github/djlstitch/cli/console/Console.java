// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.Progress;
import java.io.PrintWriter;

/**
 * The streams of a command: results on {@code out}, narration and progress on {@code err}. A
 * progress bar appears on a terminal only; elsewhere there is a line at each tenth.
 */
public final class Console implements Progress {
  private static final int BAR = 24;
  private static final int TENTHS = 10;
  private static final long SLOW_NANOS = 1_000_000_000L;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private final boolean quiet;
  private String task = "";
  private long started;
  private long first;
  private long latest;
  private long tenth;
  private boolean barShown;

  public Console(PrintWriter out, PrintWriter err, boolean terminal, boolean quiet) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.quiet = quiet;
  }

  /** The writer of results. */
  public PrintWriter out() {
    return out;
  }

  /** Prints results: a text with its line feeds, at once. */
  public void print(String text) {
    out.print(text);
    out.flush();
  }

  /** Prints a line of narration unless quiet. */
  public synchronized void say(String line) {
    clearBar();
    if (!quiet) {
      err.println(line);
      err.flush();
    }
  }

  /** Prints a warning, even when quiet. */
  public synchronized void warn(String line) {
    clearBar();
    err.println("warning: " + line);
    err.flush();
  }

  @Override
  public void at(String what, long done, long total) {
    at(what, "", done, total);
  }

  @Override
  public synchronized void at(String what, String detail, long done, long total) {
    if (quiet) {
      return;
    }
    if (!what.equals(task) || done < latest) {
      clearBar();
      task = what;
      started = System.nanoTime();
      // Work that goes on where it was interrupted does not start at 0.
      first = done;
      tenth = TENTHS * done / Math.max(1, total);
    }
    latest = done;
    String note = (detail.isEmpty() ? "" : ", " + detail) + left(done, total);
    if (terminal) {
      bar(note, done, total);
    } else {
      line(note, done, total);
    }
  }

  /** Removes a bar that is still shown. */
  public synchronized void clearBar() {
    if (barShown) {
      err.print("\r\u001b[K");
      err.flush();
      barShown = false;
    }
  }

  private void bar(String note, long done, long total) {
    int filled = (int) (BAR * done / Math.max(1, total));
    err.print(
        "\r\u001b[K"
            + task
            + " ["
            + "=".repeat(filled)
            + " ".repeat(BAR - filled)
            + "] "
            + done
            + "/"
            + total
            + note);
    err.flush();
    barShown = true;
    if (done >= total) {
      clearBar();
    }
  }

  // Only slow work is worth a line in a log.
  private void line(String note, long done, long total) {
    long now = TENTHS * done / Math.max(1, total);
    if (now > tenth && System.nanoTime() - started > SLOW_NANOS) {
      err.println(task + ": " + 10 * now + " %" + note);
      err.flush();
    }
    tenth = Math.max(tenth, now);
  }

  private String left(long done, long total) {
    if (done <= first || done >= total) {
      return "";
    }
    double seconds = (System.nanoTime() - started) / 1e9 * (total - done) / (done - first);
    return String.format(java.util.Locale.ROOT, ", about %.0f s left", Math.ceil(seconds));
  }
}
