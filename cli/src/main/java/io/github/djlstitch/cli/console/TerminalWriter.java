// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.internal.file.Printable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last guard before a terminal: whatever was printed, nothing but our own escape sequences
 * reaches it. Those are colors, and what the progress bar needs; other characters that steer a
 * terminal or turn the order of letters around come as question marks.
 */
public final class TerminalWriter extends FilterWriter {
  private static final Pattern OWN =
      Pattern.compile("\u001b\\[[0-9;]{0,8}m|\r\u001b\\[K|\u001b\\[\\?7[hl]|\r?\n|\t");

  /** Guards a writer. */
  public TerminalWriter(Writer guarded) {
    super(guarded);
  }

  @Override
  public void write(int letter) throws IOException {
    write(String.valueOf((char) letter));
  }

  @Override
  public void write(char[] letters, int offset, int length) throws IOException {
    write(new String(letters, offset, length));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(guarded(text.substring(offset, offset + length)));
  }

  private static String guarded(String text) {
    if (text.codePoints().noneMatch(Printable::steers)) {
      return text;
    }
    var guarded = new StringBuilder();
    Matcher own = OWN.matcher(text);
    int from = 0;
    while (own.find()) {
      guarded.append(Printable.unsteering(text.substring(from, own.start()))).append(own.group());
      from = own.end();
    }
    return guarded.append(Printable.unsteering(text.substring(from))).toString();
  }
}
