// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.io.Closeable;
import java.util.OptionalLong;

/**
 * An index that is read, and never written to. Reading again gives the same rows in the same order.
 * Memory does not grow with the rows. Safe for use by several threads; each of its readers belongs
 * to one.
 */
public interface VectorSource extends Closeable {
  /** The place of the index. */
  IndexAddress address();

  /** The width D of the vectors, 1 or more. */
  int width();

  /** The number of rows, where the format tells it without reading all of them. */
  OptionalLong rows();

  /** Tells if rows have ids of their own. */
  boolean hasIds();

  /** Tells if rows have texts. */
  boolean hasTexts();

  /**
   * Starts to read at the first row.
   *
   * @throws StitchException (bad input) if the index cannot be read
   */
  RowReader read();

  /** Lets go of the files; readers that are open fail afterwards. */
  @Override
  void close();

  /** One way through the rows of an index, from the first to the last. Not thread-safe. */
  interface RowReader extends Closeable {
    /**
     * The next rows: at least one and at most so many, none only at the end.
     *
     * @param most 1 or more
     * @throws StitchException (bad input) if a row is malformed; the message names its place
     */
    RowBlock next(int most);

    /** Skips rows, fewer at the end; cheap where the format's rows have one size. */
    long skip(long rows);

    @Override
    void close();
  }
}
