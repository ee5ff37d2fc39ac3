// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/** Whole binary files, plain or packed with gzip, which their first bytes tell apart. */
final class BinaryFile {
  /** Most bytes of a file after unpacking. */
  static final int MOST = 512 << 20;

  private BinaryFile() {}

  /** The first of some names that a folder has a file of. */
  static Optional<Path> find(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  /** All bytes, unpacked if they are packed. */
  static byte[] read(Path file) {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(MOST + 1);
      if (bytes.length > MOST) {
        throw StitchException.badInput("'%s' has more than %d bytes", file, MOST);
      }
      if (bytes.length > 1 && isGzip(bytes)) {
        throw StitchException.badInput(
            "'%s' is packed with gzip twice; unpack it once with gunzip", file);
      }
      return bytes;
    } catch (ZipException | EOFException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw InputLines.unreadable(file, e);
    }
  }

  /** A stream of the bytes, unpacked if they are packed. */
  static InputStream open(Path file) throws IOException {
    InputStream in = ForeignFormat.openData(file, "a file of a data set");
    try {
      in.mark(2);
      boolean packed = isGzip(in.readNBytes(2));
      in.reset();
      return packed ? GzipInput.of(in) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  static StitchException damaged(Path file, IOException cause) {
    return StitchException.badInput(
            "'%s' is damaged or cut short (%s); download it again", file, cause.getMessage())
        .because(cause);
  }

  private static boolean isGzip(byte[] start) {
    return start.length > 1 && start[0] == 0x1f && start[1] == (byte) 0x8b;
  }
}
