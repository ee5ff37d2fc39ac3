// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * The regular files below a folder, in the order of their paths. Links are followed, as folders of
 * links to a larger data set are usual; a loop of links is refused.
 */
final class FolderFiles extends SimpleFileVisitor<Path> {
  private static final int DEEPEST = 32;
  private static final int MOST_FILES = 5_000_000;

  private final Path root;
  private final List<StoredFile> files = new ArrayList<>();

  private FolderFiles(Path root) {
    this.root = root;
  }

  /** All files, hidden ones too. */
  static List<StoredFile> list(Path root) {
    var visitor = new FolderFiles(root);
    try {
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, visitor);
    } catch (IOException e) {
      throw InputLines.unreadable(root, e);
    }
    visitor.files.sort(Comparator.comparing(StoredFile::path));
    return visitor.files;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      throw StitchException.badInput(
          "'%s' has folders nested more than %d deep; name the folder of the classes",
          root, DEEPEST);
    }
    if (attributes.isRegularFile()) {
      files.add(new StoredFile(relative(file), StoredBytes.of(file)));
    }
    if (files.size() > MOST_FILES) {
      throw StitchException.badInput("'%s' holds more than %d files", root, MOST_FILES);
    }
    return FileVisitResult.CONTINUE;
  }

  private String relative(Path file) {
    var path = new StringBuilder();
    for (Path part : root.relativize(file)) {
      path.append(path.isEmpty() ? "" : "/").append(part);
    }
    return path.toString();
  }
}
