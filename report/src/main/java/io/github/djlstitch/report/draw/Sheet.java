// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import java.util.List;

/**
 * Marks and the room they take.
 *
 * @param width in pixels
 * @param height in pixels
 * @param marks from back to front
 */
record Sheet(double width, double height, List<Mark> marks) {
  /** Takes a copy. */
  Sheet {
    marks = List.copyOf(marks);
  }
}
