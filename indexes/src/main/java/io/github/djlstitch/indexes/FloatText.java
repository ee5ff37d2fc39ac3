// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import java.nio.charset.StandardCharsets;

/**
 * Numbers of float32 as decimal text, as {@link Float#toString} writes and {@link Float#parseFloat}
 * reads them: the same bits come back. Of what the latter reads only JSON's numbers are taken, and
 * {@code NaN} and {@code Infinity}.
 */
final class FloatText {
  private static final int LONGEST_READ = 1000; // digits beyond are no number that anyone wrote

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
    digits(start, "a number is missing");
    if (at - first > 1 && bytes[first] == '0') {
      throw new Malformed(start, "a number begins with 0");
    }
    if (peek() == '.') {
      at++;
      digits(start, "digits are missing behind a point");
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      at += peek() == '-' || peek() == '+' ? 1 : 0;
      digits(start, "digits are missing in an exponent");
    }
    if (at - start > LONGEST_READ) {
      throw new Malformed(start, "a number has more than " + LONGEST_READ + " digits");
    }
    return Float.parseFloat(new String(bytes, start, at - start, StandardCharsets.ISO_8859_1));
  }

  private void digits(int start, String missing) throws Malformed {
    int first = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == first) {
      throw new Malformed(start, missing);
    }
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

  /** Writes finite numbers as {@code [0.1,-0.02]}. */
  static void list(float[] values, PartFile file) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < values.length; i++) {
      text.append(i > 0 ? "," : "").append(values[i]);
    }
    byte[] bytes = text.append(']').toString().getBytes(StandardCharsets.ISO_8859_1);
    file.write(bytes, 0, bytes.length);
  }
}
