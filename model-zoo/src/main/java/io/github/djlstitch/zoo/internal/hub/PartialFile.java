// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An incomplete download, under a temporary name that no other process writes to, until its bytes
 * are complete and verified. Failed writes are of the kind {@code resources}, so that a full disk
 * is not mistaken for a network failure. For one thread.
 */
final class PartialFile implements AutoCloseable {
  /** Suffix of incomplete files, the same as the Python client's. */
  static final String SUFFIX = ".incomplete";

  private final Disk disk;
  private final String name;
  private final Path temporary;
  private final Checksum checksum;
  private final long size;
  private final FileChannel channel;
  private MessageDigest digest;
  private long count;

  private PartialFile(
      Disk disk, String name, Path temporary, Checksum checksum, long size, FileChannel channel) {
    this.disk = disk;
    this.name = name;
    this.temporary = temporary;
    this.checksum = checksum;
    this.size = size;
    this.channel = channel;
    this.digest = checksum.start(size);
  }

  /**
   * Starts a file.
   *
   * @param name name for messages
   * @param beside the file it is to become, or whose folder it shares
   */
  static PartialFile create(Disk disk, String name, Path beside, Checksum checksum, long size) {
    try {
      Path folder = disk.folderOf(beside);
      requireRoom(disk, folder, name, size);
      Path temporary = fresh(beside);
      return new PartialFile(disk, name, temporary, checksum, size, disk.create(temporary));
    } catch (IOException e) {
      throw WriteFailure.of(beside, e);
    }
  }

  /** A name beside a file that nothing else has: {@code <file>.<8 hex digits>.incomplete}. */
  static Path fresh(Path beside) {
    int random = ThreadLocalRandom.current().nextInt();
    return beside.resolveSibling(
        String.format(Locale.ROOT, "%s.%08x%s", beside.getFileName(), random, SUFFIX));
  }

  private static void requireRoom(Disk disk, Path folder, String name, long size)
      throws IOException {
    long room = disk.room(folder);
    if (room < size) {
      throw StitchException.resources(
          "'%s' has %d bytes but only %d are free in '%s'; free some, or choose another folder"
              + " (HF_HUB_CACHE)",
          name, size, room, folder);
    }
  }

  /** Bytes so far. */
  long count() {
    return count;
  }

  /** Bytes in all. */
  long size() {
    return size;
  }

  /** Returns its name for messages. */
  String name() {
    return name;
  }

  /** Takes the next bytes; the buffer is consumed. */
  void append(ByteBuffer bytes) {
    count += bytes.remaining();
    if (count > size) {
      throw StitchException.verification(
          "'%s' should have %d bytes but more were sent; try again later", name, size);
    }
    digest.update(bytes.duplicate());
    try {
      disk.write(channel, bytes);
    } catch (IOException e) {
      throw WriteFailure.of(temporary, e);
    }
  }

  /** Discards its bytes. */
  void restart() {
    try {
      disk.truncate(channel);
    } catch (IOException e) {
      throw WriteFailure.of(temporary, e);
    }
    count = 0;
    digest = checksum.start(size);
  }

  /**
   * Verifies the file, flushes it to the disk and moves it to its name.
   *
   * @throws StitchException (verification) if its bytes do not match the checksum
   */
  void commit(Path target) {
    if (count != size || !checksum.matches(digest)) {
      throw StitchException.verification(
          "'%s' does not match the announced checksum %.12s and was discarded; try again later",
          name, checksum.hex());
    }
    try {
      disk.force(channel);
      channel.close();
      disk.folderOf(target);
      disk.move(temporary, target);
    } catch (IOException e) {
      throw WriteFailure.of(target, e);
    }
  }

  /** Deletes it unless it was committed. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw WriteFailure.of(temporary, e);
    }
  }
}
