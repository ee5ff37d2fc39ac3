// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spares two processes the same download. Nothing depends on it: it does not exclude the Python
 * client, does nothing on some network file systems, and after ten minutes is not waited for.
 */
final class CourtesyLock {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int MOST_LOOKS = 3000;

  private final @Nullable FileChannel channel;

  private CourtesyLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for the lock, at most ten minutes; the file is left for the next process. */
  static CourtesyLock take(Path file, Pause pause) {
    FileChannel channel = open(file);
    for (int look = 0; channel != null && look < MOST_LOOKS && isHeld(channel); look++) {
      pause.of(LOOK);
    }
    return new CourtesyLock(channel);
  }

  private static @Nullable FileChannel open(Path file) {
    try {
      new Disk().folderOf(file);
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      return null; // the download will say what is wrong with the folder
    }
  }

  private static boolean isHeld(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock(); // released with the channel
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // by another thread
    } catch (IOException e) {
      return false; // this file system has no locks
    }
  }

  /** Releases the lock. */
  void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Released all the same.
    }
  }
}
