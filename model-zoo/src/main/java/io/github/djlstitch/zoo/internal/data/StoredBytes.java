// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.EncodedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of one file of a folder or an archive, read anew at each call. Thread-safe. */
@FunctionalInterface
interface StoredBytes {
  /** Most bytes of one image file. */
  int MOST = EncodedImage.LARGEST_FILE;

  /**
   * The bytes.
   *
   * @throws StitchException (bad input) if they cannot be read or are too many
   */
  byte[] read();

  /** The bytes of a file. */
  static StoredBytes of(Path file) {
    return () -> {
      try (InputStream in = Files.newInputStream(file)) {
        return all(in, "'" + file + "'");
      } catch (IOException e) {
        throw InputLines.unreadable(file, e);
      }
    };
  }

  /** All bytes of a stream, up to the limit; memory is taken only for bytes that came. */
  static byte[] all(InputStream in, String where) throws IOException {
    byte[] bytes = in.readNBytes(MOST + 1);
    if (bytes.length > MOST) {
      throw StitchException.badInput(
          "%s has more than %d bytes; an image file has at most that many", where, MOST);
    }
    return bytes;
  }
}
