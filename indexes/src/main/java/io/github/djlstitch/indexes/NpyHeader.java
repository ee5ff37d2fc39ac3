// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.DType;
import io.github.djlstitch.core.internal.file.Printable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dictionary of an npy header: exactly these three keys, values in the few ways that NumPy
 * writes.
 *
 * @param descr element type in NumPy's letters
 * @param fortranOrder tells if columns follow each other instead of rows
 * @param shape as it is written, {@code (3, 2)}
 */
record NpyHeader(String descr, boolean fortranOrder, String shape) {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*'(descr|fortran_order|shape)'\\s*:\\s*"
              + "('[^']{0,80}'|True|False|\\([0-9, ]{0,200}\\))\\s*(?:,|(?=}))");
  private static final Pattern END = Pattern.compile("\\s*}[ ]*\\n?");
  private static final Pattern MATRIX =
      Pattern.compile("\\( *([0-9]{1,18}) *, *([0-9]{1,18}) *,? *\\)");

  /**
   * Reads the text of a header.
   *
   * @throws StitchException (bad input) if it is anything but such a dictionary
   */
  static NpyHeader read(Path file, String text) {
    Map<String, String> entries = new HashMap<>();
    Matcher at = ENTRY.matcher(text);
    int position = text.startsWith("{") ? 1 : text.length();
    while (at.region(position, text.length()).lookingAt()) {
      if (entries.put(at.group(1), at.group(2)) != null) {
        throw malformed(file, text);
      }
      position = at.end();
    }
    boolean ends = END.matcher(text).region(position, text.length()).matches();
    String descr = entries.getOrDefault("descr", "");
    String order = entries.getOrDefault("fortran_order", "");
    String shape = entries.getOrDefault("shape", "");
    boolean typed = descr.startsWith("'") && shape.startsWith("(") && order.matches("True|False");
    if (!ends || !typed) {
      throw malformed(file, text);
    }
    return new NpyHeader(descr.substring(1, descr.length() - 1), order.equals("True"), shape);
  }

  /**
   * The rows that the header describes.
   *
   * @throws StitchException (bad input) if they are none that can be read; the message says how to
   *     save them anew
   */
  Stride stride(Path file, long start) {
    Optional<DType> type = Npy.type(descr);
    if (type.isEmpty()) {
      throw StitchException.badInput(
          "'%s' has elements of type '%s'%s but must have '<f4', '<f8' or '<f2'; save it with"
              + " numpy.save(file, array.astype('<f4'))",
          file, Printable.of(descr), isObject() ? ", a pickle, which is never opened," : "");
    }
    if (fortranOrder) {
      throw StitchException.badInput(
          "'%s' has its columns one after the other (fortran_order); save it with"
              + " numpy.save(file, numpy.ascontiguousarray(array))",
          file);
    }
    Matcher matrix = MATRIX.matcher(shape);
    if (!matrix.matches()) {
      throw StitchException.badInput(
          "'%s' has shape %s but must have (rows, values); give a matrix", file, shape);
    }
    int width = Stride.width(file, Long.parseLong(matrix.group(2)));
    return new Stride(start, Long.parseLong(matrix.group(1)), width, type.get(), 0);
  }

  private boolean isObject() {
    return descr.startsWith("|O");
  }

  private static StitchException malformed(Path file, String text) {
    return StitchException.badInput(
        "'%s': the header must be {'descr': ..., 'fortran_order': ..., 'shape': ...} but is %s;"
            + " save one plain array with numpy.save",
        file, Printable.of(text.strip()));
  }
}
