// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import java.io.IOException;

/**
 * Reports a fault of an image file. Its message completes a sentence that starts with the file's
 * name.
 */
final class ImageFault extends IOException {
  private static final long serialVersionUID = 1L;

  ImageFault(String predicate) {
    super(predicate);
  }

  /** The file ends before the image does. */
  static ImageFault truncated() {
    return new ImageFault("is truncated: the file ends before the image does; fetch it again");
  }

  /** The file cannot be what an encoder of its format wrote. */
  static ImageFault damaged(String why) {
    return new ImageFault("is damaged: " + why + "; fetch it again");
  }
}
