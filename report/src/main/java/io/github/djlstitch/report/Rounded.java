// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as files have them. */
public final class Rounded {
  private static final MathContext DIGITS = new MathContext(9);
  private static final double EXACT = 1e15;
  private static final double LONG = 0x1p63;
  private static final double MILLI = 1e3;
  private static final double MICRO = 1e6;

  private Rounded() {}

  /**
   * A finite number of nine digits, which is more than any measurement has; a whole one is without
   * a fraction.
   */
  public static Number of(double value) {
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    boolean whole = rounded == Math.rint(rounded) && Math.abs(rounded) < EXACT;
    return whole ? (Number) (long) rounded : (Number) rounded;
  }

  /** A number with six digits after the point at most. */
  public static double fraction(double value) {
    return Math.rint(value * MICRO) / MICRO;
  }

  /** A number with three digits after the point at most: seconds or milliseconds. */
  public static double milli(double value) {
    return Math.rint(value * MILLI) / MILLI;
  }

  /** As {@link #fraction}, but a whole number is without a fraction. */
  public static Number measured(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < LONG;
    return whole ? (Number) (long) value : (Number) fraction(value);
  }
}
