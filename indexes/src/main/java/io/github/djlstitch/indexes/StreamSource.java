// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import java.io.Closeable;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** An index whose rows are parsed one after the other. */
final class StreamSource implements VectorSource {
  private final IndexAddress address;
  private final Shape shape;
  private final Supplier<RowStream> opener;
  private final Runnable closer;
  private volatile boolean closed;

  /**
   * Facts that are known before the rows are read.
   *
   * @param width D
   * @param rows N, if it is known
   * @param hasIds tells if rows have ids
   * @param hasTexts tells if rows have texts
   */
  record Shape(int width, OptionalLong rows, boolean hasIds, boolean hasTexts) {}

  /** Rows of one format, from the first on. */
  interface RowStream extends Closeable {
    /** Adds the next row to a batch; false if there is none. */
    boolean next(Batch batch);

    /** Passes over a row; false if there is none. */
    boolean skip();

    @Override
    void close();
  }

  /** An index whose readers open their own files. */
  StreamSource(IndexAddress address, Shape shape, Supplier<RowStream> opener) {
    this(address, shape, opener, () -> {});
  }

  /** An index of whose open files {@code closer} lets go. */
  StreamSource(IndexAddress address, Shape shape, Supplier<RowStream> opener, Runnable closer) {
    this.address = address;
    this.shape = shape;
    this.opener = opener;
    this.closer = closer;
  }

  @Override
  public IndexAddress address() {
    return address;
  }

  @Override
  public int width() {
    return shape.width();
  }

  @Override
  public OptionalLong rows() {
    return shape.rows();
  }

  @Override
  public boolean hasIds() {
    return shape.hasIds();
  }

  @Override
  public boolean hasTexts() {
    return shape.hasTexts();
  }

  @Override
  public RowReader read() {
    return new Reader(opener.get());
  }

  @Override
  public void close() {
    closed = true;
    closer.run();
  }

  private final class Reader implements RowReader {
    private final RowStream stream;
    private long position;

    Reader(RowStream stream) {
      this.stream = stream;
    }

    @Override
    public RowBlock next(int most) {
      if (closed) {
        throw new IllegalStateException("the index '" + address + "' was closed");
      }
      var batch = new Batch(shape.width(), most);
      while (!batch.isFull() && stream.next(batch)) {}
      RowBlock block = batch.block(position);
      position += block.rows();
      return block;
    }

    @Override
    public long skip(long rows) {
      long skipped = 0;
      while (skipped < rows && stream.skip()) {
        skipped++;
      }
      position += skipped;
      return skipped;
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
