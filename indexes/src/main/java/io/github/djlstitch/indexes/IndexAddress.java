// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.nio.file.Path;

/**
 * Where an index is and how it is written there, {@code FORMAT:PATH}.
 *
 * @param format of the file or folder
 * @param path of the file or folder
 */
public record IndexAddress(IndexFormat format, Path path) {
  /**
   * Reads {@code fbin:vectors.fbin}.
   *
   * @throws StitchException (usage) if there is no such format; the message has the nearest name
   */
  public static IndexAddress parse(String text) {
    throw new UnsupportedOperationException(text);
  }

  @Override
  public String toString() {
    return format.id() + ":" + path;
  }
}
