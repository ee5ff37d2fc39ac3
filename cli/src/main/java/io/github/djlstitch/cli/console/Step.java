// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.internal.text.DisplayWidth;
import java.util.stream.Stream;

/**
 * A step of a task, as one line of a terminal or of a log.
 *
 * @param task the task's name
 * @param done units done
 * @param total units in all
 * @param detail may be empty
 * @param time how long it took or may take; may be empty
 */
record Step(String task, long done, long total, String detail, String time) {
  private static final int WIDE_BAR = 24;
  private static final int NARROW_BAR = 10;
  private static final String CUT = "...";

  /** The fullest line that does not reach the last column, where terminals wrap. */
  String bar(int columns) {
    int room = Math.max(1, columns - 1);
    String count = " " + done + "/" + total;
    return Stream.of(
            task + drawn(WIDE_BAR) + count + notes(detail, time),
            task + drawn(NARROW_BAR) + count + notes(detail, time),
            task + drawn(NARROW_BAR) + count + notes("", time),
            task + count + notes("", time),
            shortened(room - count.length()) + count)
        .filter(line -> DisplayWidth.of(line) <= room)
        .findFirst()
        .orElseGet(() -> DisplayWidth.start(count.strip(), room));
  }

  /** A line of a log. */
  String line() {
    return task + ": " + 100 * done / Math.max(1, total) + " %" + notes(detail, time);
  }

  private String drawn(int width) {
    int filled = (int) (width * done / Math.max(1, total));
    return " [" + "=".repeat(filled) + " ".repeat(width - filled) + "]";
  }

  private String shortened(int room) {
    return DisplayWidth.of(task) <= room
        ? task
        : DisplayWidth.start(task, Math.max(0, room - CUT.length())) + CUT;
  }

  private static String notes(String detail, String time) {
    return (detail.isEmpty() ? "" : ", " + detail) + (time.isEmpty() ? "" : ", " + time);
  }
}
