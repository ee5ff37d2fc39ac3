// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The state of an index's files, told without reading them whole. */
final class SourceState {
  private static final int LOOKED_AT = 1 << 16; // bytes at both ends of each file

  private SourceState() {}

  /**
   * A digest of the names, sizes, times of change, first and last bytes of a file, or of all files
   * in a folder.
   */
  static String of(Path index) {
    var digest = Sha256.builder();
    try {
      for (Path file : files(index)) {
        digest.add(index.relativize(file).toString().replace('\\', '/'));
        digest.add(Files.size(file)).add(Files.getLastModifiedTime(file).toMillis());
        addEnds(file, digest);
      }
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", index, e.getMessage()).because(e);
    }
    return digest.hex();
  }

  private static List<Path> files(Path index) throws IOException {
    if (!Files.isDirectory(index)) {
      return List.of(index);
    }
    try (Stream<Path> found = Files.walk(index)) {
      // A lock is taken and left by whoever looks.
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("write.lock"))
          .sorted()
          .toList();
    }
  }

  private static void addEnds(Path file, Sha256 digest) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      var bytes = ByteBuffer.allocate(LOOKED_AT);
      channel.read(bytes, 0);
      digest.add(bytes.flip());
      bytes.clear();
      channel.read(bytes, Math.max(0, channel.size() - LOOKED_AT));
      digest.add(bytes.flip());
    }
  }
}
