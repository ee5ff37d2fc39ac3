// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Opens files of indexes to read them, and says in one line what is wrong with one. */
final class InputFile {
  /** Bytes that tell a foreign format. */
  static final int START = ForeignFormat.LONGEST_MAGIC;

  // The magics of others are too short: the numbers of a good file may look like them.
  private static final Set<ForeignFormat> SURE =
      EnumSet.of(ForeignFormat.ZIP, ForeignFormat.HDF5, ForeignFormat.GIT_LFS);

  private InputFile() {}

  /** A function of an open file. */
  @FunctionalInterface
  interface Body<T> {
    T apply(FileChannel channel) throws IOException;
  }

  /**
   * Reads from a file, which is closed afterwards.
   *
   * @throws StitchException (bad input) if it is not there, a folder, or cannot be read
   */
  static <T> T read(Path file, Body<T> body) {
    try (FileChannel channel = open(file)) {
      return body.apply(channel);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Opens a file; the caller closes it. */
  static FileChannel open(Path file) {
    requireFile(file);
    try {
      return FileChannel.open(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Checks that a path is no folder, of which some systems say only when it is read.
   *
   * @throws StitchException (bad input) if it is one
   */
  static void requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw StitchException.badInput("'%s' is a folder; give a file", file);
    }
  }

  /** The failure of reading a file. */
  static StitchException unreadable(Path file, IOException cause) {
    return (cause instanceof NoSuchFileException
            ? StitchException.badInput("file '%s' does not exist; check the path", file)
            : StitchException.badInput("cannot read '%s': %s", file, WriteFailure.reason(cause)))
        .because(cause);
  }

  /** The first bytes of a file, fewer if it is shorter; little-endian. */
  static ByteBuffer start(FileChannel channel, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
    return bytes.flip();
  }

  /**
   * Checks that a file is none of another format whose first bytes no good file has.
   *
   * @throws StitchException (bad input) if it is one
   */
  static void requireOwn(IndexFormat format, Path file, ByteBuffer start) {
    byte[] bytes = new byte[Math.min(start.limit(), START)];
    start.get(0, bytes);
    ForeignFormat.startingWith(bytes)
        .filter(SURE::contains)
        .ifPresent(
            foreign -> {
              throw foreign.refusal(file, "of format " + format.id());
            });
  }

  /** The refusal of a file that is not of the format asked for. */
  static StitchException notOf(IndexFormat format, Path file, ByteBuffer start, String found) {
    requireOwn(format, file, start);
    return StitchException.badInput(
        "'%s' must be of format %s but %s; check the path and the format",
        file, format.id(), found);
  }
}
