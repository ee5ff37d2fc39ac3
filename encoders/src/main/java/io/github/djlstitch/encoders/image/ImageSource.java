// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.image;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;

/**
 * An image that is read when it is encoded, so that a data set of images need not fit into memory.
 * Thread-safe: images are decoded on all cores.
 */
public interface ImageSource {
  /** Returns its name for messages: a path, an archive and its entry, or a file and a row. */
  String name();

  /**
   * The pixels.
   *
   * @throws StitchException (bad input) if it cannot be read, is not an image, or has too many
   *     pixels
   */
  RgbImage decode();

  /**
   * The image as a file that {@link #decode} gives the same pixels from: its own if it has one,
   * else in PNG.
   *
   * @throws StitchException (bad input) as {@link #decode}
   */
  default byte[] file() {
    return PngWriter.of(decode());
  }

  /** Adds the bytes that decide the pixels to a digest. */
  void addTo(Sha256 digest);
}
