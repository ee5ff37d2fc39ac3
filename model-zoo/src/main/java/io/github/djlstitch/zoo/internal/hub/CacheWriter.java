// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.internal.file.IoConsumer;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes into the cache: under a temporary name in {@code blobs}, then moved to the final place.
 */
final class CacheWriter {
  private static final Duration STALE = Duration.ofDays(1);
  private static final Pattern OURS =
      Pattern.compile(".+\\.[0-9a-f]{8}" + Pattern.quote(PartialFile.SUFFIX));
  private static final int BUFFER = 1 << 16;

  private final boolean links;
  private final Disk disk;

  CacheWriter(boolean links, Disk disk) {
    this.links = links;
    this.disk = disk;
  }

  /** Writes a file, verified. */
  void write(String name, Path beside, Path target, RemoteFile remote, IoConsumer<PartialFile> fill)
      throws IOException {
    try (var part = PartialFile.create(disk, name, beside, remote.checksum(), remote.size())) {
      fill.accept(part);
      part.commit(target);
    }
  }

  /**
   * Adds a blob to a snapshot, as a link or as a file.
   *
   * @param shared true if another snapshot has it, too
   */
  void show(Path blob, Path pointer, RemoteFile remote, boolean shared) throws IOException {
    try {
      Path folder = disk.folderOf(pointer);
      if (links && link(folder.relativize(blob), blob, pointer)) {
        return;
      }
      if (!shared) {
        disk.move(blob, pointer);
        return;
      }
    } catch (IOException e) {
      throw WriteFailure.of(pointer, e);
    }
    write(pointer.toString(), blob, pointer, remote, part -> copy(blob, part));
  }

  private boolean link(Path target, Path blob, Path pointer) throws IOException {
    Path temporary = PartialFile.fresh(blob);
    try {
      disk.link(temporary, target);
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false; // as on Windows without the right to
    }
    try {
      disk.move(temporary, pointer);
    } finally {
      Files.deleteIfExists(temporary);
    }
    return true;
  }

  private static void copy(Path blob, PartialFile part) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (FileChannel in = FileChannel.open(blob)) {
      while (in.read(buffer) >= 0) {
        part.append(buffer.flip());
        buffer.clear();
      }
    }
  }

  /**
   * Writes a small file.
   *
   * @param blobs folder of the temporary file, so that no incomplete file is visible
   */
  void publish(Path blobs, Path file, String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    Path temporary = PartialFile.fresh(blobs.resolve("ref"));
    try {
      disk.folderOf(temporary);
      disk.folderOf(file);
      try {
        write(temporary, bytes);
        disk.move(temporary, file);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  private void write(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel out = disk.create(file)) {
      disk.write(out, bytes);
      disk.force(out);
    }
  }

  /** Deletes what killed processes left; a running one writes more often than once a day. */
  static void sweep(Path blobs) {
    Instant limit = Instant.now().minus(STALE);
    try (Stream<Path> all = Files.isDirectory(blobs) ? Files.list(blobs) : Stream.empty()) {
      for (Path file : (Iterable<Path>) all::iterator) {
        boolean ours = OURS.matcher(file.getFileName().toString()).matches();
        if (ours && age(file).isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      // Another process may have been quicker; and a file too many does no harm.
    }
  }

  private static Instant age(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
  }
}
