// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.file.WriteFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file on its way: under a name of its own, which no other process writes to, until its bytes are
 * all there and verified. Writing fails with the kind {@code resources}, so that a full disk is not
 * taken for a bad network. For one thread.
 */
final class PartialFile implements AutoCloseable {
  /** How the names of files on their way end, as the Python client has it. */
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
   * @param name what messages call it
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

  /** What messages call it. */
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

  /** Forgets what it has. */
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
   * Ends the file, verified and on the disk, and gives it its name.
   *
   * @throws StitchException (verification) if its bytes are not the ones expected
   */
  void commit(Path target) {
    if (count != size || !checksum.matches(digest)) {
      throw StitchException.verification(
          "'%s' does not have the checksum %.12s that was announced, and is dropped; try again"
              + " later",
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
