// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file with one large F32 tensor that comes in blocks of rows. Memory does not
 * grow with the rows.
 *
 * <p>The rows go to a temporary file beside the target first, because the header before them is not
 * known until the end; {@link #commit} then writes the file itself. Meanwhile the rows take twice
 * their size on the disk. Nothing is visible at the target before, and closing without a commit
 * leaves no file. Not thread-safe.
 */
public final class RowWriter implements AutoCloseable {
  private final Path target;
  private final String name;
  private final int columns;
  private final AtomicFile rowFile;
  private long rows;
  private boolean finished;

  private RowWriter(Path target, String name, int columns, AtomicFile rowFile) {
    this.target = target;
    this.name = name;
    this.columns = columns;
    this.rowFile = rowFile;
  }

  static RowWriter open(Path target, String name, int columns) {
    if (columns < 1) {
      throw StitchException.badInput(
          "tensor '%s' needs 1 or more columns but got %d", Printable.of(name), columns);
    }
    try {
      return new RowWriter(target, name, columns, AtomicFile.create(target));
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
  }

  /** The number of rows so far. */
  public long rows() {
    return rows;
  }

  /**
   * Adds rows at the end.
   *
   * @throws StitchException (bad input) if the block has other columns; (resources) if it cannot be
   *     written
   */
  public void append(FloatMatrix block) {
    checkOpen();
    if (block.columns() != columns) {
      throw StitchException.badInput(
          "tensor '%s' needs rows of %d columns but got shape (%d, %d)",
          Printable.of(name), columns, block.rows(), block.columns());
    }
    try {
      Tensor.write(block, rowFile.out());
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
    rows += block.rows();
  }

  /**
   * Writes the target with all rows, the small tensors and the metadata; once.
   *
   * @throws StitchException as {@link SafetensorsWriter#write}
   */
  public void commit(Map<String, String> metadata, List<Tensor> smallTensors) {
    checkOpen();
    finished = true;
    Path content;
    try {
      content = rowFile.finish();
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
    List<Tensor> tensors = new ArrayList<>(smallTensors);
    tensors.add(
        Tensor.streamed(
            name, DType.F32, List.of(rows, (long) columns), out -> Files.copy(content, out)));
    SafetensorsWriter.write(target, metadata, tensors);
  }

  /** Deletes the temporary file. */
  @Override
  public void close() {
    finished = true;
    try {
      rowFile.close();
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
  }

  private void checkOpen() {
    if (finished) {
      throw new IllegalStateException("the writer of '" + target + "' was committed or closed");
    }
  }
}
