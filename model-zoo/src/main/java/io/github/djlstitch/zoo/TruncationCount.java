// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.internal.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The number of texts of a kept encoding that were read in part, in a file beside it, so that it
 * can be told when no model is opened. It is for a message only: a damaged one counts as none.
 *
 * @param encoding the file of the encoding
 */
record TruncationCount(Path encoding) {
  private static final int MOST_BYTES = 20;

  private Path file() {
    String name = String.valueOf(encoding.getFileName());
    return encoding.resolveSibling(name.replaceFirst("\\.safetensors$", "") + ".truncated");
  }

  /** Keeps the number. */
  void write(long texts) {
    if (texts > 0 || Files.exists(file())) {
      byte[] number = Long.toString(texts).getBytes(StandardCharsets.US_ASCII);
      AtomicFile.write(file(), out -> out.write(number));
    }
  }

  /** The number that was kept, or 0. */
  long read() {
    try (var in = Files.newInputStream(file())) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
      return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
