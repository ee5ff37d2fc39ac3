// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.WriteFailure;
import io.github.djlstitch.indexes.VectorSink.Part;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A new index and how far it is.
 *
 * @param folder for its parts
 * @param name of the file or folder that it will be
 * @param width of its vectors
 * @param hasIds tells if its rows have ids
 * @param columns names
 * @param parts that are finished
 */
record Target(
    Path folder, String name, int width, boolean hasIds, IndexColumns columns, List<Part> parts) {
  /** Checks the name and makes the folder. */
  Target {
    Stride.width(folder.resolve(name), width);
    if (!Path.of(name).equals(Path.of(name).getFileName()) || name.equals("..")) {
      throw StitchException.usage("'%s' must be the name of a file, without a folder", name);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw WriteFailure.of(folder, e);
    }
    parts = List.copyOf(parts);
  }

  /** The file that the index will be. */
  Path file() {
    return folder.resolve(name);
  }

  /** Rows of the finished parts. */
  long rows() {
    return FinishedPieces.rows(parts);
  }

  /** Opens a file of the index behind its finished pieces. */
  PartFile open(String file, long header, int row, ByteOrder order) {
    List<VectorSink.Piece> pieces = FinishedPieces.of(file, parts);
    return PartFile.open(folder.resolve(file), header, row, order, pieces);
  }

  /**
   * Checks the width of rows.
   *
   * @throws StitchException (bad input) if it is another one
   */
  void require(RowBlock rows) {
    if (rows.vectors().columns() != width) {
      throw StitchException.badInput(
          "'%s': the index has vectors of %d values but got rows of %d",
          file(), width, rows.vectors().columns());
    }
  }

  /** Checks that no rows follow the last finished part. */
  void requireEnded(long rows) {
    if (rows > 0) {
      throw new IllegalStateException(rows + " rows are in no finished part of '" + file() + "'");
    }
  }
}
