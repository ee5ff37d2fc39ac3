// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;

/**
 * A new index that is written part by part into a folder of its own, where nobody looks for it yet.
 * Rows outside a finished part may be lost; a finished part is on the disk. The same rows in the
 * same parts give the same bytes, but in Lucene, which numbers its segments at random. Not
 * thread-safe.
 */
public interface VectorSink extends Closeable {
  /**
   * A finished part of the index.
   *
   * @param rows its number of rows
   * @param pieces where its bytes are; empty if the format keeps its own account of them
   */
  record Part(long rows, List<Piece> pieces) {
    /** Takes a copy. */
    public Part {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * Bytes of a part.
   *
   * @param file name of the file, in the folder
   * @param offset of its first byte in the file
   * @param length number of bytes
   * @param sha256 of these bytes, in hexadecimal digits
   */
  record Piece(String file, long offset, long length, String sha256) {}

  /**
   * Adds rows at the end.
   *
   * @throws StitchException (bad input) if they have another width, or an id that the format cannot
   *     keep; (resources) if they cannot be written
   */
  void append(RowBlock rows);

  /**
   * Ends the part: all rows since the last one are on the disk when this returns.
   *
   * @throws StitchException (resources) if they cannot be written
   */
  Part endPart();

  /**
   * Makes a whole index of the finished parts; nothing can be added afterwards.
   *
   * @return the file or folder within the folder that is the index, to be moved to its place
   * @throws StitchException (resources) if it cannot be written
   */
  Path finish();

  /** Lets go of the files; finished parts stay for a later {@link IndexFormat#resume}. */
  @Override
  void close();
}
