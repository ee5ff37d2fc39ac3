// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;

/** A fault in a header; the reader that knows the file turns it into the user's message. */
final class HeaderFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @FormatMethod
  HeaderFault(@FormatString String format, Object... args) {
    super(String.format(Locale.ROOT, format, args));
  }

  /** The problem in words, without the file. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
