// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.export;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.core.internal.file.IoConsumer;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder of files that appears whole or not at all. */
final class WholeFolder {
  private final Path place;

  private WholeFolder(Path place) {
    this.place = place;
  }

  /**
   * Writes a folder that does not exist yet; missing folders above it are created.
   *
   * @param body adds its files; if it fails, no folder is left
   */
  static void write(Path target, Consumer<WholeFolder> body) {
    requireNew(target);
    Path absolute = target.toAbsolutePath();
    Path place = absolute.resolveSibling(".stitch-" + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(place);
      body.accept(new WholeFolder(place));
      Files.move(place, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    } finally {
      deleteAll(place);
    }
  }

  /** Refuses a name that is taken. */
  static void requireNew(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw StitchException.usage(
          "'%s' exists already; choose another name, or remove it first", target);
    }
  }

  void add(String name, IoConsumer<OutputStream> content) {
    AtomicFile.write(place.resolve(name), content);
  }

  void add(String name, String content) {
    add(name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  // Nothing is left of it after the move.
  private static void deleteAll(Path place) {
    if (!Files.exists(place)) {
      return;
    }
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Only room is lost; what went wrong before is told.
    }
  }
}
