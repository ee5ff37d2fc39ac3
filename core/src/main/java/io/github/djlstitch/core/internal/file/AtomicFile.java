// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import io.github.djlstitch.core.StitchException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file that appears whole or not at all. The bytes go to a temporary file in the same folder,
 * named {@code .stitch-<unique>.tmp}; they are on the disk before the name {@code target} points to
 * them. Writers of the same target do not disturb each other: the last one to finish wins.
 *
 * <p>A process that is killed can leave a temporary file behind, never a part of the target; see
 * {@link #deleteAbandoned}. A target that is a symbolic link is replaced, not followed. Instances
 * are not thread-safe.
 */
public final class AtomicFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int DEPTH = 3;
  private static final Duration ABANDONED = Duration.ofDays(1);
  private static final Pattern TEMPORARY = Pattern.compile("\\.stitch-[0-9a-f-]{36}\\.tmp");

  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final OutputStream out;

  private AtomicFile(Path target, Path temporary, FileChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  /**
   * Writes a file in one go; missing parent folders are created.
   *
   * @param body writes the content and leaves the stream open; if it fails, no file is left
   * @throws StitchException (resources) if the file cannot be written or the body has an I/O error
   */
  public static void write(Path target, IoConsumer<OutputStream> body) {
    try (AtomicFile file = create(target)) {
      body.accept(file.out);
      file.commit();
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
  }

  /**
   * Deletes temporary files to which nothing was written for a day: killed processes left them.
   * Looks into a folder and two levels below; what cannot be read or deleted stays.
   */
  public static void deleteAbandoned(Path folder) {
    FileTime before = FileTime.from(Instant.now().minus(ABANDONED));
    try (Stream<Path> files =
        Files.find(folder, DEPTH, (file, about) -> isAbandoned(file, about, before))) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Only room is lost, and whatever is wrong with the folder is told when it is used.
    }
  }

  private static boolean isAbandoned(Path file, BasicFileAttributes about, FileTime before) {
    return about.isRegularFile()
        && about.lastModifiedTime().compareTo(before) < 0
        && TEMPORARY.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** Opens the temporary file; missing parent folders are created. */
  static AtomicFile create(Path target) throws IOException {
    Path folder = folder(target);
    Files.createDirectories(folder);
    Path temporary = folder.resolve(".stitch-" + UUID.randomUUID() + ".tmp");
    return new AtomicFile(
        target,
        temporary,
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** The buffered stream that takes the content. */
  OutputStream out() {
    return out;
  }

  /** Ends the content and returns the temporary file, for reading it back until this is closed. */
  Path finish() throws IOException {
    out.flush();
    channel.close();
    return temporary;
  }

  /** Makes the content visible under the target's name. Nothing can be written after. */
  void commit() throws IOException {
    out.flush();
    channel.force(true);
    channel.close();
    if (Files.isDirectory(target)) {
      throw new IOException("it is a folder");
    }
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
    forceFolder();
  }

  /** Deletes the temporary file, if it was not committed. */
  @Override
  public void close() throws IOException {
    try {
      channel.close(); // not the stream: flushing on a full disk would fail once more
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void forceFolder() {
    try (FileChannel folder = FileChannel.open(folder(target))) {
      folder.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; the file itself is on the disk already.
    }
  }

  private static Path folder(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("it is a folder");
    }
    return folder;
  }
}
