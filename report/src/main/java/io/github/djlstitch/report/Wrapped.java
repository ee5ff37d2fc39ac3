// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.core.internal.file.Printable;
import java.util.List;

/** Words in lines, of 80 columns if nothing else is said. */
public final class Wrapped {
  static final int WIDTH = 80;

  private Wrapped() {}

  /** Lines of a text; all but the first are indented as far as the prefix is long. */
  public static String text(String prefix, String text) {
    return words(prefix, " ".repeat(prefix.length()), List.of(text.strip().split("\\s+", -1)));
  }

  /**
   * Lines of words, each of which stays whole.
   *
   * @param prefix of the first line
   * @param indent of the others
   */
  public static String words(String prefix, String indent, List<String> words) {
    return words(prefix, indent, words, WIDTH);
  }

  /** As {@link #words(String, String, List)}, in lines of another width. */
  public static String words(String prefix, String indent, List<String> words, int width) {
    var lines = new StringBuilder();
    var line = new StringBuilder(prefix);
    boolean first = true;
    for (String word : words) {
      if (!first && line.length() + 1 + word.length() > width) {
        lines.append(line).append('\n');
        line = new StringBuilder(indent);
        first = true;
      }
      line.append(first ? "" : " ").append(Printable.visible(word));
      first = false;
    }
    return lines.append(line).append('\n').toString();
  }
}
