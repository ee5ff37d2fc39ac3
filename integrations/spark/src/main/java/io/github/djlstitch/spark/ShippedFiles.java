// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The files of a head, a bridge or two cards, as they are sent to executors: written there, read by
 * the checks that such a file goes through anywhere, and deleted.
 *
 * @param id digest of the files
 * @param files that it consists of
 */
record ShippedFiles(String id, List<ShippedFile> files) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A file.
   *
   * @param name in its folder
   * @param bytes of it
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record ShippedFile(String name, byte[] bytes) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The files that somebody writes into an empty folder. */
  static ShippedFiles written(Consumer<Path> writer) {
    return inFolder(
        folder -> {
          writer.accept(folder);
          List<ShippedFile> files = new ArrayList<>();
          for (Path file : list(folder)) {
            String name = String.valueOf(file.getFileName());
            files.add(new ShippedFile(name, Files.readAllBytes(file)));
          }
          return new ShippedFiles(digest(files), List.copyOf(files));
        });
  }

  /** Reads a folder with these files, which is there only meanwhile. */
  <T> T read(Function<Path, T> reader) {
    return inFolder(
        folder -> {
          for (ShippedFile file : files) {
            Files.write(folder.resolve(file.name()), file.bytes());
          }
          return reader.apply(folder);
        });
  }

  private interface Work<T> {
    T in(Path folder) throws IOException;
  }

  private static <T> T inFolder(Work<T> work) {
    try {
      Path folder = Files.createTempDirectory("stitch-spark");
      try {
        return work.in(folder);
      } finally {
        for (Path file : list(folder)) {
          remove(file);
        }
        remove(folder);
      }
    } catch (IOException e) {
      throw StitchException.resources("cannot write a temporary folder: %s", e).because(e);
    }
  }

  // Matrices of cards stay mapped, and some systems keep mapped files until the process ends.
  private static void remove(Path file) {
    if (!file.toFile().delete()) {
      file.toFile().deleteOnExit();
    }
  }

  private static String digest(List<ShippedFile> files) {
    MessageDigest digest = Sha256.newDigest();
    files.forEach(file -> digest.update(file.bytes()));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
