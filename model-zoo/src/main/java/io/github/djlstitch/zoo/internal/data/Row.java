// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import org.jspecify.annotations.Nullable;

/**
 * One row of a file, before its label becomes an index.
 *
 * @param id null if the file has no ids
 * @param split null if the file leaves the split to us
 */
record Row<I>(Place at, @Nullable String id, I input, String label, @Nullable Split split) {
  /** The id, or one made from the row number. */
  String idOrRow() {
    return id == null ? "row-" + at.row() : id;
  }

  /** The same row in another part of the data set. */
  Row<I> in(Split other) {
    return new Row<>(at, id, input, label, other);
  }
}
