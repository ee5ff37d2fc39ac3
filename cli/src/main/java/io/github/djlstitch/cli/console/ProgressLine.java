// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import java.io.PrintWriter;

/**
 * Shows how far work is: on a terminal as a bar in one line that fits its width, in a log as a line
 * at each tenth of slow work, and at least one in 30 seconds. Not thread-safe.
 */
final class ProgressLine {
  private static final int TENTHS = 10;
  private static final long SECOND = 1_000_000_000L;
  private static final long FIRST_BEAT = 10 * SECOND;
  private static final long BEAT = 30 * SECOND;
  private static final long FRAME = SECOND / 10;
  // The line must not wrap even if the terminal became narrow since its width was asked.
  private static final String REDRAW = "\r\u001b[K\u001b[?7l";
  private static final String WRAP_AGAIN = "\u001b[?7h";

  private final PrintWriter err;
  private final Screen screen;
  private Step step = new Step("", 0, 0, "", "");
  private long started;
  private long first;
  private long tenth;
  private long told;
  private long drawn;
  private boolean beaten;
  private boolean resting;
  private boolean shown;

  ProgressLine(PrintWriter err, Screen screen) {
    this.err = err;
    this.screen = screen;
    told = now();
    started = told;
  }

  /** Shows a step; one of another task, or one farther back, begins anew. */
  void at(String task, String detail, long done, long total) {
    boolean begins = !task.equals(step.task()) || done < step.done();
    if (begins) {
      clear();
      started = now();
      // Work that goes on where it was interrupted does not start at 0.
      first = done;
      tenth = TENTHS * done / Math.max(1, total);
    }
    step = new Step(task, done, total, detail, "");
    if (!screen.terminal()) {
      line();
    } else if (done >= total) {
      clear();
    } else if (begins || now() - drawn >= FRAME) {
      draw();
    }
  }

  /** Shows that work goes on, if nothing was told for long; to be called about once a second. */
  void tick() {
    if (screen.terminal() && isAtWork()) {
      draw();
    } else if (!screen.terminal()) {
      beat();
    }
  }

  /** Notes that something else was told. */
  void tell() {
    clear();
    told = now();
  }

  /** Removes a bar that is shown, and forgets the task. */
  void end() {
    clear();
    step = new Step("", 0, 0, "", "");
    started = now();
  }

  /** Tells nothing between tasks from now on: it is the user's turn. */
  void rest() {
    resting = true;
  }

  private boolean isAtWork() {
    return step.done() < step.total();
  }

  private void clear() {
    if (shown) {
      err.print("\r\u001b[K");
      err.flush();
      shown = false;
    }
  }

  private void draw() {
    drawn = now();
    err.print(REDRAW + timed().bar(screen.columns().getAsInt()) + WRAP_AGAIN);
    err.flush();
    shown = true;
  }

  // Only slow work is worth a line in a log.
  private void line() {
    long reached = TENTHS * step.done() / Math.max(1, step.total());
    if (reached > tenth && now() - started > FIRST_BEAT) {
      print(timed().line());
    }
    tenth = Math.max(tenth, reached);
    beat();
  }

  private void beat() {
    boolean silent = resting && !isAtWork();
    if (!silent && now() - told >= (beaten ? BEAT : FIRST_BEAT)) {
      beaten = true;
      print(isAtWork() ? timed().line() : "at work for " + Duration.of(now() - started));
    }
  }

  private void print(String line) {
    err.println(line);
    err.flush();
    told = now();
  }

  private Step timed() {
    return new Step(step.task(), step.done(), step.total(), step.detail(), time());
  }

  private String time() {
    long passed = now() - started;
    if (!isAtWork()) {
      return "";
    }
    if (step.done() <= first) {
      return passed < 2 * SECOND ? "" : Duration.of(passed) + " so far";
    }
    double left = (double) passed * (step.total() - step.done()) / (step.done() - first);
    return "about " + Duration.of((long) left) + " left";
  }

  private long now() {
    return screen.nanos().getAsLong();
  }

  /** A time for people, rounded up. */
  private static final class Duration {
    private static final long MINUTE = 60;
    private static final long SHOWN_IN_SECONDS = 120;
    private static final long SHOWN_IN_MINUTES = 120 * MINUTE;

    static String of(long nanos) {
      long seconds = (nanos + SECOND - 1) / SECOND;
      if (seconds < SHOWN_IN_SECONDS) {
        return seconds + " s";
      }
      long minutes = (seconds + MINUTE - 1) / MINUTE;
      return seconds < SHOWN_IN_MINUTES ? minutes + " min" : (minutes + 59) / 60 + " h";
    }
  }
}
