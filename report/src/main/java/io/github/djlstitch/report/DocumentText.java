// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

/**
 * A document for a terminal of 80 columns, and as Markdown. Figures are left out: they need a
 * picture.
 *
 * @param document what is printed
 * @param detailed whether a terminal is shown 95 % intervals; Markdown has them always
 */
public record DocumentText(Document document, boolean detailed) implements Printout {

  @Override
  public String text(boolean colored) {
    var text = new StringBuilder(Wrapped.text("", document.title())).append("\n");
    for (Section section : document.sections()) {
      section.tables().forEach(table -> text.append(text(table, colored)));
      section
          .claims()
          .forEach(
              c -> text.append(Wrapped.text(c.holds() ? "[holds] " : "[fails] ", c.statement())));
      section.notes().forEach(note -> text.append(Wrapped.text("note: ", note)));
    }
    return text.toString();
  }

  private String text(Table table, boolean colored) {
    var text = new StringBuilder(Wrapped.text("", table.title())).append("\n");
    text.append(NarrowTable.of(table, detailed).text(colored));
    table.notes().forEach(note -> text.append(Wrapped.text("  ", note)));
    return text.append("\n").toString();
  }

  @Override
  public String markdown() {
    var text = new StringBuilder("# " + Markdown.line(document.title()) + "\n\n");
    text.append(Markdown.lines(document.summary())).append("\n");
    for (Section section : document.sections()) {
      text.append("\n## ").append(Markdown.line(section.title())).append("\n");
      section.text().forEach(p -> text.append("\n").append(Markdown.lines(p)).append("\n"));
      section.tables().forEach(table -> text.append(markdown(table)));
      text.append("\n");
      section.claims().forEach(claim -> text.append(markdown(claim)));
      section.notes().forEach(note -> text.append("- ").append(Markdown.line(note)).append("\n"));
    }
    return text.toString();
  }

  private static String markdown(Table table) {
    var text = new StringBuilder("\n").append(Markdown.line(table.title())).append("\n\n");
    text.append(NarrowTable.of(table, true).markdown());
    table.notes().forEach(note -> text.append("\n").append(Markdown.line(note)).append("\n"));
    return text.toString();
  }

  private static String markdown(Section.Claim claim) {
    return (claim.holds() ? "- holds: " : "- **fails**: ")
        + Markdown.line(claim.statement())
        + "\n";
  }
}
