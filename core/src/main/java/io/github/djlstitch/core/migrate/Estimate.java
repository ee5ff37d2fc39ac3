// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

/**
 * A number that was measured on judged queries.
 *
 * @param value over all of them
 * @param low lower end of the 90 % interval over samples of queries drawn with replacement
 * @param high upper end of that interval
 */
public record Estimate(double value, double low, double high) {
  /** Tells if the number is surely above another. */
  public boolean above(double other) {
    return low > other;
  }

  /** Tells if the number is surely below another. */
  public boolean below(double other) {
    return high < other;
  }
}
