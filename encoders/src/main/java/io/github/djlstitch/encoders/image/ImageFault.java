// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.image;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.IOException;
import java.util.Locale;

/** What is wrong with an image file, as the rest of a sentence that starts with its name. */
final class ImageFault extends IOException {
  private static final long serialVersionUID = 1L;

  @FormatMethod
  ImageFault(@FormatString String format, Object... args) {
    super(String.format(Locale.ROOT, format, args));
  }

  /** The file ends before the image does. */
  static ImageFault truncated() {
    return new ImageFault("is truncated: the file ends before the image does; fetch it again");
  }
}
