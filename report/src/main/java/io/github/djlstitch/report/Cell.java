// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.core.measure.Spread;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A cell of a table: words, or a number with what is known of its uncertainty.
 *
 * @param text words; empty for a number, {@code -} for what was not measured
 * @param value the number
 * @param std sample standard deviation over seeds or pairs
 * @param interval a 95 % interval
 * @param digits shown after the point
 */
public record Cell(
    String text,
    OptionalDouble value,
    OptionalDouble std,
    Optional<Interval> interval,
    int digits) {
  private static final int USUAL_DIGITS = 3;

  /**
   * A 95 % interval, by bootstrap over test samples.
   *
   * @param low lower end
   * @param high upper end
   */
  public record Interval(double low, double high) {}

  /** Words. */
  public static Cell text(String words) {
    return new Cell(words, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), 0);
  }

  /** Nothing was measured here. */
  public static Cell absent() {
    return text("-");
  }

  /** A whole number. */
  public static Cell count(long number) {
    return number((double) number).withDigits(0);
  }

  /** A number with three digits; absent if it is not finite. */
  public static Cell number(double value) {
    return Double.isFinite(value)
        ? new Cell(
            "", OptionalDouble.of(value), OptionalDouble.empty(), Optional.empty(), USUAL_DIGITS)
        : absent();
  }

  /** Mean and standard deviation of repeated results; absent if there are none. */
  public static Cell of(Spread spread) {
    return spread(spread.mean(), spread.std());
  }

  /** Mean and standard deviation of repeated results; absent if there are none. */
  public static Cell of(DoubleStream values) {
    return of(Spread.of(values.toArray()));
  }

  /** A number a paper gives, with the standard deviation it gives. */
  public static Cell paper(double value, double std) {
    return new Cell(
        "", OptionalDouble.of(value), OptionalDouble.of(std), Optional.empty(), USUAL_DIGITS);
  }

  /** A mean, with the standard deviation if one is known; absent if it is not finite. */
  public static Cell spread(double mean, OptionalDouble std) {
    Cell cell = number(mean);
    return cell.isAbsent() ? cell : new Cell("", cell.value(), std, Optional.empty(), USUAL_DIGITS);
  }

  /** The same with an interval. */
  public Cell within(double low, double high) {
    return new Cell(text, value, std, Optional.of(new Interval(low, high)), digits);
  }

  /** The same shown with so many digits after the point. */
  public Cell withDigits(int shown) {
    return new Cell(text, value, std, interval, shown);
  }

  /** Tells if nothing was measured here. */
  public boolean isAbsent() {
    return value.isEmpty() && (text.equals("-") || text.isBlank());
  }

  /** As it is printed: {@code 0.795 +- 0.044}. */
  public String shown() {
    if (value.isEmpty()) {
      return text;
    }
    String mean = digits(value.getAsDouble());
    return std.isEmpty() ? mean : mean + " +- " + digits(std.getAsDouble());
  }

  /** The interval as it is printed, {@code [0.751, 0.839]}, or nothing. */
  public String shownInterval() {
    return interval.map(i -> "[" + digits(i.low()) + ", " + digits(i.high()) + "]").orElse("");
  }

  private String digits(double number) {
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }
}
