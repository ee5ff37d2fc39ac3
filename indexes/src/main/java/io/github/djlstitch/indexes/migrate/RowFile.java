// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.WriteFailure;
import io.github.djlstitch.indexes.migrate.IndexCheck.RowReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of what each row is taken for, between tabs; whole or not there. Not thread-safe. */
public final class RowFile implements RowReport, AutoCloseable {
  private final @Nullable Path target;
  private final @Nullable Path temporary;
  private final @Nullable BufferedWriter out;

  private RowFile(@Nullable Path target, @Nullable Path temporary, @Nullable BufferedWriter out) {
    this.target = target;
    this.temporary = temporary;
    this.out = out;
  }

  /**
   * Starts a file; without one rows are ignored.
   *
   * @throws StitchException (resources) if it cannot be written
   */
  public static RowFile open(Optional<Path> file) {
    if (file.isEmpty()) {
      return new RowFile(null, null, null);
    }
    Path target = file.get().toAbsolutePath();
    Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
    try {
      BufferedWriter out = Files.newBufferedWriter(temporary);
      out.write("row\tid\tsquared distance\ttaken for\n");
      return new RowFile(target, temporary, out);
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
  }

  @Override
  public void row(long number, String id, double distance, String word) {
    if (out == null || target == null) {
      return;
    }
    try {
      String plain = id.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
      out.write(String.format(Locale.ROOT, "%d\t%s\t%.1f\t%s%n", number, plain, distance, word));
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
  }

  /** Makes the file visible. */
  public void commit() {
    if (out == null || target == null || temporary == null) {
      return;
    }
    try {
      out.close();
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
  }

  @Override
  public void close() {
    try {
      if (out != null && temporary != null) {
        out.close();
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw WriteFailure.of(temporary, e);
    }
  }
}
