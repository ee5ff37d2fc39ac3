// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a text file of word vectors, one at a time. A line of two whole numbers at the
 * beginning is a header, whose width and number of rows must be the ones found; nothing is taken by
 * its word. A word may have blanks in it (GloVe's 840B file) as long as no part of it after the
 * first is a number.
 */
final class WordVectorRows implements Closeable {
  private static final int WIDEST = 1 << 16;
  private static final String HEADER = "[0-9]{1,18}[ \t]+[0-9]{1,18}[ \t]*";

  private final InputLines lines;
  private long expectedRows = -1;
  private int width = -1;
  private long number;
  private @Nullable String first;

  /** A word and its vector. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(String word, float[] values) {}

  private WordVectorRows(InputLines lines) {
    this.lines = lines;
  }

  static WordVectorRows open(Path file) {
    var rows = new WordVectorRows(InputLines.open(file, UTF_8));
    try {
      rows.readHeader();
      return rows;
    } catch (StitchException e) {
      rows.close();
      throw e;
    }
  }

  /** Number of the row that was returned last, from 1. */
  long number() {
    return number;
  }

  /** The next row, or null after the last one. */
  @Nullable Row next() {
    String line = first == null ? lines.next() : first;
    first = null;
    if (line == null) {
      requireAll();
      return null;
    }
    number++;
    return row(line);
  }

  @Override
  public void close() {
    lines.close();
  }

  private void readHeader() {
    String line = lines.next();
    if (line == null || !line.matches(HEADER)) {
      first = line;
      return;
    }
    String[] parts = line.trim().split("[ \t]+", -1);
    long promised = Long.parseLong(parts[1]);
    expectedRows = Long.parseLong(parts[0]);
    if (promised < 1 || promised > WIDEST) {
      throw StitchException.badInput(
          "'%s' line 1 gives %d values a word, expected 1 to %d", lines.file(), promised, WIDEST);
    }
    width = (int) promised;
  }

  private void requireAll() {
    if (expectedRows >= 0 && expectedRows != number) {
      throw StitchException.badInput(
          "'%s' line 1 promises %d words, but there are %d; is the file whole?",
          lines.file(), expectedRows, number);
    }
  }

  private Row row(String line) {
    String[] parts = line.stripTrailing().split("[ \t]+", WIDEST + 64);
    if (parts[0].isEmpty()) {
      throw StitchException.badInput(
          "%s has no word; expected a word and its values", place());
    }
    if (width < 0) {
      width = parts.length - 1;
    }
    int values = parts.length - 1;
    if (values < Math.max(width, 1) || values > WIDEST || hasNumber(parts, 1, values - width + 1)) {
      throw StitchException.badInput(
          "%s has %d values, expected %s as in the rows before",
          place(), values, width < 1 ? "at least 1" : Integer.toString(width));
    }
    int start = parts.length - width;
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = value(parts[start + i], i);
    }
    return new Row(String.join(" ", Arrays.copyOf(parts, start)), vector);
  }

  private static boolean hasNumber(String[] parts, int from, int to) {
    return Arrays.stream(parts, from, to).anyMatch(WordVectorRows::isNumber);
  }

  private float value(String text, int column) {
    float value = isNumber(text) ? Float.parseFloat(text) : Float.NaN;
    if (!Float.isFinite(value)) {
      throw StitchException.badInput(
          "%s: value %d is %s, expected a finite number", place(), column + 1, Excerpt.of(text));
    }
    return value;
  }

  // What Float.parseFloat takes has more forms: hexadecimal, with a suffix, in words.
  private static boolean isNumber(String text) {
    int i = 0;
    int end = text.length();
    i += i < end && (text.charAt(i) == '-' || text.charAt(i) == '+') ? 1 : 0;
    int whole = digits(text, i);
    i += whole;
    int fraction = 0;
    if (i < end && text.charAt(i) == '.') {
      fraction = digits(text, i + 1);
      i += 1 + fraction;
    }
    if (whole + fraction == 0) {
      return false;
    }
    if (i < end && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      i += i < end && (text.charAt(i) == '-' || text.charAt(i) == '+') ? 1 : 0;
      int exponent = digits(text, i);
      return exponent > 0 && i + exponent == end;
    }
    return i == end;
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i - from;
  }

  private String place() {
    return Place.line(lines.file(), lines.number(), number).toString();
  }
}
