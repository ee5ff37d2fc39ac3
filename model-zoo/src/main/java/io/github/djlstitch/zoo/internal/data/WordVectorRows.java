// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a text file of word vectors, one at a time. Some published words hold spaces ({@code
 * . . .} of GloVe), so a row may have more fields than the first if those are not numbers.
 */
final class WordVectorRows implements Closeable {
  private static final Pattern HEADER = Pattern.compile("([0-9]{1,9})[ \t]([0-9]{1,9})[ \t]*");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]{1,60}(\\.[0-9]{0,60})?|\\.[0-9]{1,60})([eE][+-]?[0-9]{1,4})?");

  private final Path file;
  private final InputLines lines;
  private @Nullable String pending;
  private long announced = -1;
  private int width;
  private String row = "";
  private int wordEnd;

  private WordVectorRows(Path file, InputLines lines) {
    this.file = file;
    this.lines = lines;
  }

  static WordVectorRows open(Path file) {
    var rows = new WordVectorRows(file, InputLines.open(file, UTF_8));
    try {
      rows.readHeader();
    } catch (StitchException e) {
      rows.close();
      throw e;
    }
    return rows;
  }

  private void readHeader() {
    pending = lines.next();
    var header = HEADER.matcher(pending == null ? "" : pending);
    if (header.matches()) {
      announced = Long.parseLong(header.group(1));
      width = Integer.parseInt(header.group(2));
      if (width == 0) {
        throw StitchException.badInput("'%s' line 1 announces vectors of width 0", file);
      }
      pending = lines.next();
    }
  }

  /** Goes to the next row and checks its width; false after the last one. */
  boolean next() {
    String line = pending == null ? lines.next() : pending;
    pending = null;
    if (line == null) {
      return false;
    }
    row = stripEnd(line);
    int fields = fields();
    if (width == 0) {
      width = fields - 1;
    }
    wordEnd = wordEnd(fields - width);
    return true;
  }

  private static String stripEnd(String line) {
    int end = line.length();
    while (end > 0 && isSeparator(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end);
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '\t';
  }

  private int fields() {
    int fields = 1;
    for (int i = 0; i < row.length(); i++) {
      fields += isSeparator(row.charAt(i)) ? 1 : 0;
    }
    return fields;
  }

  // The word takes this many fields, of which only the first may be a number.
  private int wordEnd(int count) {
    int end = count < 1 ? -1 : fieldEnd(0);
    boolean fits = end > 0;
    for (int i = 1; fits && i < count; i++) {
      int following = fieldEnd(end + 1);
      fits = !NUMBER.matcher(row.substring(end + 1, following)).matches();
      end = following;
    }
    if (!fits) {
      throw StitchException.badInput(
          "'%s' line %d: %s has %d fields; expected a word and %d values, one space between them",
          file, line(), Excerpt.of(row), fields(), width);
    }
    return end;
  }

  private int fieldEnd(int from) {
    int end = from;
    while (end < row.length() && !isSeparator(row.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The number of rows that the first line says, or -1. */
  long announced() {
    return announced;
  }

  /** Values a row. */
  int width() {
    return width;
  }

  /** The line of this row, from 1. */
  long line() {
    return lines.number();
  }

  /** The word of this row. */
  String word() {
    return row.substring(0, wordEnd);
  }

  /** Writes the values of this row, which must be so many. */
  void values(float[] target, int offset, int expected) {
    if (width != expected) {
      throw StitchException.badInput("'%s' changed while it was read", file);
    }
    int from = wordEnd + 1;
    for (int column = 0; column < width; column++) {
      int end = fieldEnd(from);
      target[offset + column] = value(row.substring(from, end), column);
      from = end + 1;
    }
  }

  private float value(String text, int column) {
    float value = NUMBER.matcher(text).matches() ? Float.parseFloat(text) : Float.NaN;
    if (!Float.isFinite(value)) {
      throw StitchException.badInput(
          "'%s' line %d, value %d of word %s is %s; expected a finite number",
          file, line(), column + 1, Excerpt.of(word()), Excerpt.of(text));
    }
    return value;
  }

  @Override
  public void close() {
    lines.close();
  }
}
