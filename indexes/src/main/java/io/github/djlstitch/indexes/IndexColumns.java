// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import java.util.Optional;

/**
 * Names of the columns or fields of an index; what is not named goes by its usual name, see each
 * format.
 *
 * @param id column of ids
 * @param vector column of vectors
 * @param text column of texts
 */
public record IndexColumns(Optional<String> id, Optional<String> vector, Optional<String> text) {
  /** The usual names. */
  public static IndexColumns usual() {
    return new IndexColumns(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
