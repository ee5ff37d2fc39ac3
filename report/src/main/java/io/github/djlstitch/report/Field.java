// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.core.internal.file.Printable;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A field of a CSV file, safe to open in a spreadsheet: words that would be run as a formula are
 * led by an apostrophe. Immutable.
 */
public final class Field {
  private static final Pattern FORMULA =
      Pattern.compile("(?s)\\s*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20].*|[\\t\\r\\n].*");
  private static final Field EMPTY = new Field("");

  private final String text;

  private Field(String text) {
    this.text = text;
  }

  /**
   * Words; one that starts like a formula gets an apostrophe, and what steers a terminal is
   * replaced, but for line ends and tabs.
   */
  public static Field word(String word) {
    boolean formula = FORMULA.matcher(word).matches();
    String plain = word.codePoints().noneMatch(Field::steers) ? word : replaced(word);
    return new Field(formula ? "'" + plain : plain);
  }

  private static String replaced(String word) {
    var plain = new StringBuilder();
    word.codePoints().forEach(c -> plain.appendCodePoint(steers(c) ? '?' : c));
    return plain.toString();
  }

  private static boolean steers(int letter) {
    return Printable.steers(letter) && letter != '\n' && letter != '\r' && letter != '\t';
  }

  /** A whole number. */
  public static Field count(long number) {
    return new Field(Long.toString(number));
  }

  /** True or false. */
  public static Field flag(boolean flag) {
    return new Field(Boolean.toString(flag));
  }

  /** A number with so many digits after the point; empty if it is not finite. */
  public static Field fixed(double number, int digits) {
    return Double.isFinite(number)
        ? new Field(String.format(Locale.ROOT, "%." + digits + "f", number))
        : EMPTY;
  }

  /** A number with six digits after the point; empty if it is absent or not finite. */
  public static Field fixed(OptionalDouble number) {
    return number.isPresent() ? fixed(number.getAsDouble(), 6) : EMPTY;
  }

  /** A number with all its digits; empty if it is not finite. */
  public static Field exact(double number) {
    return Double.isFinite(number) ? new Field(Double.toString(number)) : EMPTY;
  }

  /** A number of nine digits; empty if it is absent or not finite. */
  public static Field precise(OptionalDouble number) {
    return number.isPresent() && Double.isFinite(number.getAsDouble())
        ? new Field(Rounded.of(number.getAsDouble()).toString())
        : EMPTY;
  }

  /** Nothing was measured here. */
  public static Field empty() {
    return EMPTY;
  }

  /** The field before quoting. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
