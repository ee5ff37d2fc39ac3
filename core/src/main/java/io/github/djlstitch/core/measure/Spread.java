// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import java.util.OptionalDouble;

/**
 * Mean and spread of repeated results.
 *
 * @param mean arithmetic mean
 * @param std sample standard deviation; absent for fewer than 2 values
 * @param count the number of values
 */
public record Spread(double mean, OptionalDouble std, int count) {
  /** Mean and deviation of values; NaN if there is none. */
  public static Spread of(double... values) {
    double mean = 0;
    for (double v : values) {
      mean += v / values.length;
    }
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    var std =
        values.length < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / (values.length - 1)));
    return new Spread(values.length == 0 ? Double.NaN : mean, std, values.length);
  }
}
