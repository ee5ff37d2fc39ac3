// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Path;

/**
 * The location of a row, for messages.
 *
 * @param line line it starts on, from 1, or 0 if the file has no lines
 * @param row number of the row without the header, from 1
 * @param entry name inside a folder or an archive, or empty if the file is one table
 */
record Place(Path file, long line, long row, String entry) {
  /** A row of a text file. */
  static Place line(Path file, long line, long row) {
    return new Place(file, line, row, "");
  }

  /** A row of a binary file. */
  static Place row(Path file, long row) {
    return new Place(file, 0, row, "");
  }

  /** A file of a folder or an archive. */
  static Place entry(Path container, String entry, long row) {
    return new Place(container, 0, row, entry);
  }

  /** The place without its file. */
  String inFile() {
    if (!entry.isEmpty()) {
      return Excerpt.of(entry);
    }
    return line == 0 ? "row " + row : "row " + row + " in line " + line;
  }

  @Override
  public String toString() {
    String where = line == 0 ? inFile() : "line " + line + " (row " + row + ")";
    return "'" + file + "' " + where;
  }
}
