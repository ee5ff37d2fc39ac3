// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A document for a terminal, and as Markdown. Figures are named only: they need a picture. */
public final class DocumentText {
  private static final int WIDTH = 80;

  private DocumentText() {}

  /**
   * For a terminal of 80 columns.
   *
   * @param detailed whether 95 % intervals are shown
   */
  public static String text(Document document, boolean detailed) {
    var text = new StringBuilder(wrapped("", document.title())).append("\n");
    for (Section section : document.sections()) {
      section
          .tables()
          .forEach(
              table -> {
                text.append(wrapped("", table.title())).append("\n");
                text.append(NarrowTable.of(table, detailed).text());
                table.notes().forEach(note -> text.append(wrapped("  ", note)));
                text.append("\n");
              });
      section
          .claims()
          .forEach(c -> text.append(wrapped(c.holds() ? "[holds] " : "[fails] ", c.statement())));
      section.notes().forEach(note -> text.append(wrapped("note: ", note)));
    }
    return text.toString();
  }

  /** As Markdown, with intervals. */
  public static String markdown(Document document) {
    var text = new StringBuilder("# " + document.title() + "\n\n" + document.summary() + "\n");
    for (Section section : document.sections()) {
      text.append("\n## ").append(section.title()).append("\n");
      section.text().forEach(p -> text.append("\n").append(p).append("\n"));
      for (Table table : section.tables()) {
        text.append("\n")
            .append(table.title())
            .append("\n\n")
            .append(NarrowTable.of(table, true).markdown());
        table.notes().forEach(note -> text.append("\n").append(note).append("\n"));
      }
      text.append("\n");
      section
          .claims()
          .forEach(
              c ->
                  text.append(c.holds() ? "- holds: " : "- **fails**: ")
                      .append(c.statement())
                      .append("\n"));
      section.notes().forEach(note -> text.append("- ").append(note).append("\n"));
    }
    return text.toString();
  }

  /** Lines of at most 80 columns, all but the first indented as far as the prefix is long. */
  static String wrapped(String prefix, String text) {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder(prefix);
    for (String word : text.strip().split("\\s+", -1)) {
      boolean first = line.length() <= prefix.length();
      if (!first && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(prefix.length()));
        first = true;
      }
      line.append(first ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines.stream().map(l -> l + "\n").collect(Collectors.joining());
  }
}
