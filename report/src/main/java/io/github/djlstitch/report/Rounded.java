// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as files have them: of nine digits, which is more than any measurement has. */
public final class Rounded {
  private static final MathContext DIGITS = new MathContext(9);
  private static final double EXACT = 1e15;

  private Rounded() {}

  /** A finite number rounded; a whole one is without a fraction. */
  public static Number of(double value) {
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    boolean whole = rounded == Math.rint(rounded) && Math.abs(rounded) < EXACT;
    return whole ? (Number) (long) rounded : (Number) rounded;
  }
}
