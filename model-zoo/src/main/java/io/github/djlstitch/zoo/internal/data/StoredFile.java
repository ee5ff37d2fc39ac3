// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.encoders.image.ImageSource;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;

/**
 * One file of a folder or an archive.
 *
 * @param path relative path inside it, with {@code /}
 */
record StoredFile(String path, StoredBytes bytes) {
  /** The image in it, read when it is wanted. */
  ImageSource image(Path container) {
    return image(container + ": " + path);
  }

  /** The image in it under another name. */
  ImageSource image(String name) {
    return EncodedImage.of(name, () -> new ByteArrayInputStream(bytes.read()));
  }

  /** The part of the path before its first slash, or empty if it has none. */
  String top() {
    return path.substring(0, Math.max(0, path.indexOf('/')));
  }

  /** Number of folders above it. */
  long depth() {
    return path.chars().filter(c -> c == '/').count();
  }

  /** The same file without the first part of its path. */
  StoredFile belowTop() {
    return new StoredFile(path.substring(path.indexOf('/') + 1), bytes);
  }

  /** The same file one folder lower. */
  StoredFile under(String folder) {
    return new StoredFile(folder + "/" + path, bytes);
  }
}
