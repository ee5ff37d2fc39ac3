// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import java.nio.file.Path;

/**
 * Where a row is, for messages.
 *
 * @param line line it starts on, from 1
 * @param row number of the row without the header, from 1
 */
record Place(Path file, long line, long row) {
  @Override
  public String toString() {
    return "'" + file + "' line " + line + " (row " + row + ")";
  }
}
