// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.cache;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * The files below a folder. What cannot be read is left out.
 *
 * @param bytes their sizes together
 * @param written when the last of them was written; the epoch if there is none
 */
public record FolderSize(long bytes, Instant written) {
  private static final int DEEPEST = 16;

  /** The files that lie there themselves; those of a file are itself. */
  public static FolderSize of(Path folder) {
    return of(folder, EnumSet.noneOf(FileVisitOption.class));
  }

  /** The files that lie there, and those that links there lead to. */
  public static FolderSize linked(Path folder) {
    return of(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS));
  }

  private static FolderSize of(Path folder, Set<FileVisitOption> how) {
    var sum = new Sum();
    try {
      Files.walkFileTree(folder, how, DEEPEST, sum);
    } catch (IOException e) {
      return sum.found();
    }
    return sum.found();
  }

  private static final class Sum extends SimpleFileVisitor<Path> {
    private long bytes;
    private FileTime written = FileTime.from(Instant.EPOCH);

    FolderSize found() {
      return new FolderSize(bytes, written.toInstant());
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
      bytes += about.isRegularFile() ? about.size() : 0;
      FileTime time = about.lastModifiedTime();
      written = time.compareTo(written) > 0 ? time : written;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
