// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Every change that a download makes on the disk, one by one, so that tests can make each of them
 * fail.
 */
class Disk {
  /** Makes the folder that a file is to be in, and returns it. */
  Path folderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("it is a folder");
    }
    // Not if it is there: before Java 20 the JDK refuses links to folders.
    return Files.isDirectory(folder) ? folder : Files.createDirectories(folder);
  }

  /** Creates a new file. */
  FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Appends all the bytes. */
  void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Discards the bytes written so far. */
  void truncate(FileChannel channel) throws IOException {
    channel.truncate(0).position(0);
  }

  /** Brings the bytes to the disk. */
  void force(FileChannel channel) throws IOException {
    channel.force(true);
  }

  /** Moves a file to its final name, replacing an existing file. */
  void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes a symbolic link. */
  void link(Path link, Path target) throws IOException {
    Files.createSymbolicLink(link, target);
  }

  /** Free bytes on a folder's disk. */
  long room(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }
}
