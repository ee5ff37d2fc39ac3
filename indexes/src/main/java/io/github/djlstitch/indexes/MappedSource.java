// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.FloatMatrix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An index of mapped rows, with ids or without. */
final class MappedSource implements VectorSource {
  private final IndexAddress address;
  private final MappedRows rows;
  private final Optional<IdLines> ids;
  private volatile boolean closed;

  MappedSource(IndexAddress address, MappedRows rows, Optional<IdLines> ids) {
    this.address = address;
    this.rows = rows;
    this.ids = ids;
  }

  @Override
  public IndexAddress address() {
    return address;
  }

  @Override
  public int width() {
    return rows.stride().width();
  }

  @Override
  public OptionalLong rows() {
    return OptionalLong.of(rows.stride().rows());
  }

  @Override
  public boolean hasIds() {
    return ids.isPresent();
  }

  @Override
  public boolean hasTexts() {
    return false;
  }

  @Override
  public RowReader read() {
    return new Reader(ids.map(IdLines::read));
  }

  @Override
  public void close() {
    closed = true; // the mapping ends when nothing refers to it any longer
  }

  private final class Reader implements RowReader {
    private final Optional<IdLines.Reader> lines;
    private long position;

    Reader(Optional<IdLines.Reader> lines) {
      this.lines = lines;
    }

    @Override
    public RowBlock next(int most) {
      if (closed) {
        throw new IllegalStateException("the index '" + address + "' was closed");
      }
      FloatMatrix block = rows.block(position, most);
      List<String> found = lines.map(l -> l.next(block.rows())).orElse(List.of());
      var result = new RowBlock(position, block, found, List.of(), List.of());
      position += block.rows();
      return result;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.min(count, rows.stride().rows() - position);
      lines.ifPresent(l -> l.skip(skipped));
      position += skipped;
      return skipped;
    }

    @Override
    public void close() {
      // Nothing of its own.
    }
  }
}
