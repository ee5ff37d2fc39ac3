// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Numbers of float32 as decimal text. What is written is read back as the same bits, with as few
 * digits as do that, 7 or more not counting zeros at the end; what is read is rounded once, as
 * {@link Float#parseFloat} does, at a multiple of its speed.
 */
final class FloatText {
  /** Most bytes that {@link #put} writes. */
  static final int LONGEST = 24;

  private static final int LONGEST_READ = 1000; // digits beyond are no number that anyone wrote
  private static final int FEWEST_DIGITS = 7;
  private static final int MOST_DIGITS = 9; // tell every float32 apart
  private static final int EXACT_POWER = 22; // the largest power of ten that a double holds exactly
  private static final long EXACT_INTEGER = 1L << 53;
  private static final float SMALLEST = 1e-4f;
  private static final float LARGEST = 1e7f;
  private static final double[] POWERS = new double[EXACT_POWER + 1];

  static {
    double power = 1;
    for (int i = 0; i <= EXACT_POWER; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private final byte[] bytes;
  private final int end;
  private int at;

  /** Reads numbers from a part of an array. */
  FloatText(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** The place of the next byte. */
  int at() {
    return at;
  }

  /** Thrown for text that is not a list of numbers. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int at;

    Malformed(int at, String problem) {
      super(problem);
      this.at = at;
    }

    int at() {
      return at;
    }

    String problem() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Reads {@code [0.1, -2e-3]}.
   *
   * @param target takes the values from {@code offset} on
   * @param most room there
   * @return the number of values
   * @throws Malformed if it is anything else, or has more values
   */
  int list(float[] target, int offset, int most) throws Malformed {
    expect('[');
    blanks();
    if (peek() == ']') {
      at++;
      return 0;
    }
    for (int count = 0; ; ) {
      if (count == most) {
        throw new Malformed(at, "it has more than " + most + " values");
      }
      blanks();
      target[offset + count++] = number();
      blanks();
      if (peek() == ']') {
        at++;
        return count;
      }
      expect(',');
    }
  }

  private void expect(char wanted) throws Malformed {
    if (peek() != wanted) {
      throw new Malformed(at, "'" + wanted + "' is missing");
    }
    at++;
  }

  private int peek() {
    return at < end ? bytes[at] : -1;
  }

  private void blanks() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
  }

  private float number() throws Malformed {
    int start = at;
    boolean negative = peek() == '-';
    at += negative ? 1 : 0;
    if (at < end && (bytes[at] == 'N' || bytes[at] == 'I')) {
      return named(negative);
    }
    int first = at;
    long digits = digits(0);
    int count = at - first;
    if (count == 0 || (count > 1 && bytes[first] == '0')) {
      throw new Malformed(start, "a number is missing or begins with 0");
    }
    int exponent = 0;
    if (peek() == '.') {
      int point = ++at;
      digits = digits(digits);
      exponent = point - at;
      count += at - point;
      if (at == point) {
        throw new Malformed(start, "digits are missing behind a point");
      }
    }
    if (peek() == 'e' || peek() == 'E') {
      exponent += exponent(start);
    }
    if (at - start > LONGEST_READ) {
      throw new Malformed(start, "a number has more than " + LONGEST_READ + " digits");
    }
    // Leading zeros count, too: then the slow way is taken, which is right as well.
    boolean exact = count <= 18 && digits <= EXACT_INTEGER && Math.abs(exponent) <= EXACT_POWER;
    return exact ? fast(start, negative, digits, exponent) : slow(start);
  }

  private long digits(long value) {
    long result = value;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      result = 10 * result + bytes[at++] - '0';
    }
    return result;
  }

  private int exponent(int start) throws Malformed {
    at++;
    boolean negative = peek() == '-';
    at += negative || peek() == '+' ? 1 : 0;
    int first = at;
    long value = digits(0);
    if (at == first) {
      throw new Malformed(start, "digits are missing in an exponent");
    }
    int size = at - first > 6 ? 1_000_000 : (int) value;
    return negative ? -size : size;
  }

  // One rounding to double, of an exact product or quotient; a second one to float is right unless
  // the double lies half way between two floats.
  private float fast(int start, boolean negative, long digits, int exponent) {
    double value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
    if (isHalfWay(value)) {
      return slow(start);
    }
    return negative ? (float) -value : (float) value;
  }

  private static boolean isHalfWay(double value) {
    boolean normal = value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE;
    return value != 0
        && (!normal || (Double.doubleToRawLongBits(value) & 0x1fffffff) == 0x10000000);
  }

  private float slow(int start) {
    return Float.parseFloat(new String(bytes, start, at - start, StandardCharsets.ISO_8859_1));
  }

  // As Python writes what JSON has no words for.
  private float named(boolean negative) throws Malformed {
    for (String name : new String[] {"NaN", "Infinity"}) {
      int length = name.length();
      if (at + length <= end
          && new String(bytes, at, length, StandardCharsets.ISO_8859_1).equals(name)) {
        at += length;
        float value = Float.parseFloat(name);
        return negative ? -value : value;
      }
    }
    throw new Malformed(at, "a number is missing");
  }

  /** Writes a finite number at the position of a buffer with room for {@link #LONGEST} bytes. */
  static void put(float value, ByteBuffer out) {
    float size = Math.abs(value);
    if (size < SMALLEST || size >= LARGEST) {
      out.put(Float.toString(value).getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    int leading = 6; // the power of ten of the first digit
    while (leading > -4 && size < (leading < 0 ? 1 / POWERS[-leading] : POWERS[leading])) {
      leading--;
    }
    if (value < 0) {
      out.put((byte) '-');
    }
    for (int digits = FEWEST_DIGITS; ; digits++) {
      int places = Math.max(1, digits - 1 - leading);
      long scaled = Math.round(size * POWERS[places]);
      double back = scaled / POWERS[places];
      if (digits == MOST_DIGITS || (!isHalfWay(back) && (float) back == size)) {
        decimal(scaled, places, out);
        return;
      }
    }
  }

  /** Writes finite numbers as {@code [0.1,-0.02]}. */
  static void list(float[] values, PartFile file) {
    file.room(1).put((byte) '[');
    for (int i = 0; i < values.length; i++) {
      ByteBuffer room = file.room(LONGEST + 1);
      if (i > 0) {
        room.put((byte) ',');
      }
      put(values[i], room);
    }
    file.room(1).put((byte) ']');
  }

  private static void decimal(long scaled, int places, ByteBuffer out) {
    long unit = (long) POWERS[places];
    putInteger(scaled / unit, out);
    out.put((byte) '.');
    long rest = scaled % unit;
    do {
      unit /= 10;
      out.put((byte) ('0' + rest / unit));
      rest %= unit;
    } while (rest > 0);
  }

  private static void putInteger(long value, ByteBuffer out) {
    if (value >= 10) {
      putInteger(value / 10, out);
    }
    out.put((byte) ('0' + value % 10));
  }
}
