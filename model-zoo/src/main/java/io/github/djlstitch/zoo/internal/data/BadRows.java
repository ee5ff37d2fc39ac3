// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that cannot be read. The first one is a failure, or else each is left out and listed with
 * its place and the reason. Not thread-safe.
 */
final class BadRows {
  private static final int MOST_LISTED = 100_000;

  private final boolean skipping;
  private final List<String> reasons = new ArrayList<>();
  private long count;

  private BadRows(boolean skipping) {
    this.skipping = skipping;
  }

  /** The first one is a failure. */
  static BadRows refused() {
    return new BadRows(false);
  }

  /** As the options say. */
  static BadRows of(DatasetOptions options) {
    return new BadRows(options.skipBad());
  }

  /** Tells if they are left out. */
  boolean areSkipped() {
    return skipping;
  }

  /** Reads a row; what is wrong with it is thrown, or listed. */
  void attempt(Runnable row) {
    try {
      row.run();
    } catch (StitchException e) {
      if (!skipping || e.kind() != StitchException.Kind.BAD_INPUT) {
        throw e;
      }
      note(e);
    }
  }

  private void note(StitchException failure) {
    count++;
    if (reasons.size() < MOST_LISTED) {
      reasons.add(failure.getMessage());
    }
  }

  /** Places and reasons in the order of the file; at most 100,000 of them. */
  List<String> reasons() {
    return List.copyOf(reasons);
  }

  /** Refuses a file of which no row was left. */
  void requireSome(Path file, long rows) {
    if (rows == 0 && count > 0) {
      throw StitchException.badInput(
          "'%s' has no row that can be read; left out %d, the first: %s",
          file, count, reasons.get(0));
    }
  }
}
