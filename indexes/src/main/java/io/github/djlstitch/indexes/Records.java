// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import java.util.List;
import java.util.Optional;

/**
 * Rows as a format keeps them, with a hole where the vector is, so that everything else goes over
 * byte by byte. A record begins with its format's name; sinks of other formats pass over it.
 */
final class Records {
  /** Stands for the vector, and parts what belongs to the format; no text of a row has it. */
  static final char HOLE = '\0';

  private Records() {}

  /** A record of parts. */
  static String of(IndexFormat format, String... parts) {
    return format.id() + ":" + String.join(String.valueOf(HOLE), parts);
  }

  /** The record of a row, if the block has such of this format. */
  static Optional<String> of(IndexFormat format, RowBlock block, int row) {
    List<String> records = block.records();
    String prefix = format.id() + ":";
    return !records.isEmpty() && records.get(row).startsWith(prefix)
        ? Optional.of(records.get(row).substring(prefix.length()))
        : Optional.empty();
  }
}
