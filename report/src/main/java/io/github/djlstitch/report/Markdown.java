// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.core.internal.file.Printable;
import java.util.regex.Pattern;

/** Plain text as text of Markdown. */
final class Markdown {
  private static final Pattern ENTITY = Pattern.compile("&(?=#|[A-Za-z][A-Za-z0-9]*;)");
  private static final Pattern LINK = Pattern.compile("](?=[(\\[:])");

  private Markdown() {}

  /** A cell of a table: one line, no markup. */
  static String cell(String text) {
    return line(text).replace("|", "\\|");
  }

  /** A line without HTML, links or pictures. */
  static String line(String text) {
    return inert(Printable.line(text));
  }

  /** Lines without HTML, links or pictures. */
  static String lines(String text) {
    return inert(Printable.lines(text));
  }

  private static String inert(String text) {
    String plain = ENTITY.matcher(text).replaceAll("&amp;").replace("<", "&lt;");
    return LINK.matcher(plain).replaceAll("\\\\]");
  }
}
