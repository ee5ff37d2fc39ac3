// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.html;

import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Markup;
import io.github.djlstitch.report.Section;
import io.github.djlstitch.report.draw.Drawing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * A document as one page that needs no other file and no network: style, script and figures are in
 * it, and its policy lets a browser load and run nothing else. All text is escaped.
 */
public final class DocumentHtml {
  private static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");

  private final Document document;
  private final Iterator<Drawing> drawings;
  private final StringBuilder out = new StringBuilder();

  private DocumentHtml(Document document) {
    this.document = document;
    this.drawings = Drawing.all(document.figures()).iterator();
  }

  /** The page. */
  public static String render(Document document) {
    return new DocumentHtml(document).page();
  }

  private String page() {
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" img-src data:; style-src '" + digest(STYLE) + "'; script-src '")
        .append(digest(SCRIPT) + "'; base-uri 'none'; form-action 'none'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"referrer\" content=\"no-referrer\">\n")
        .append("<title>" + Markup.escaped(document.title()) + "</title>\n")
        .append("<style>" + STYLE + "</style>\n</head>\n<body>\n");
    header();
    contents();
    out.append("<main id=\"main\">\n");
    for (int i = 0; i < document.sections().size(); i++) {
      section(document.sections().get(i), "s" + (i + 1));
    }
    out.append("</main>\n");
    provenance();
    out.append("<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
    return out.toString();
  }

  private void header() {
    out.append("<a class=\"skip\" href=\"#main\">Skip to the results</a>\n<header>\n<div>");
    element("h1", "", document.title());
    element("p", "lead", document.summary());
    out.append("</div>\n<button id=\"theme\" type=\"button\" hidden>Theme</button>\n</header>\n");
  }

  private void contents() {
    if (document.sections().size() < 2) {
      return;
    }
    out.append("<nav aria-label=\"Contents\"><ol>\n");
    for (int i = 0; i < document.sections().size(); i++) {
      String title = Markup.escaped(document.sections().get(i).title());
      out.append("<li><a href=\"#s" + (i + 1) + "\">" + title + "</a></li>\n");
    }
    out.append("</ol></nav>\n");
  }

  private void section(Section section, String id) {
    out.append("<section id=\"" + id + "\">\n");
    element("h2", "", isTitle(section) ? "" : section.title());
    section.text().stream()
        .filter(paragraph -> !paragraph.equals(document.summary()))
        .forEach(paragraph -> element("p", "", paragraph));
    claims(section.claims());
    if (!section.tables().isEmpty()) {
      out.append("<div class=\"tables\">\n");
      section.tables().forEach(table -> out.append(TableHtml.of(table, section.title())));
      out.append("</div>\n");
    }
    if (!section.figures().isEmpty()) {
      out.append("<div class=\"figures\">\n");
      section.figures().forEach(figure -> figure(figure, section.title(), id));
      out.append("</div>\n");
    }
    out.append(TableHtml.notes(section.notes()));
    out.append("</section>\n");
  }

  private boolean isTitle(Section section) {
    String title = document.title();
    boolean only = document.sections().size() == 1;
    return title.equals(section.title()) || (only && title.endsWith(": " + section.title()));
  }

  private void claims(List<Section.Claim> claims) {
    if (claims.isEmpty()) {
      return;
    }
    out.append("<ul class=\"claims\">\n");
    for (Section.Claim claim : claims) {
      out.append("<li class=\"" + (claim.holds() ? "holds" : "fails") + "\"><span class=\"badge\">")
          .append(claim.holds() ? "\u2713 holds" : "\u2717 fails")
          .append("</span><span>" + Markup.escaped(claim.statement()) + "</span></li>\n");
    }
    out.append("</ul>\n");
  }

  // A title that stands right above is not said again, but to those who do not see that.
  private void figure(Figure figure, String above, String section) {
    String id = section + "-" + figure.id();
    Drawing drawing = drawings.next();
    out.append(drawing.isWide() ? "<figure class=\"wide\">\n" : "<figure>\n")
        .append("<figcaption id=\"" + id + "\">");
    out.append("<b" + (figure.title().equals(above) ? " class=\"unseen\">" : ">"))
        .append(Markup.escaped(figure.title()) + "</b>");
    element("span", "", figure.caption());
    out.append("</figcaption>\n<div class=\"scroll\">\n")
        .append(drawing.svgElement(id))
        .append("</div>\n</figure>\n");
  }

  private void provenance() {
    if (document.provenance().isEmpty()) {
      return;
    }
    out.append(
            "<footer>\n<h2>How this was made</h2>\n<div class=\"scroll\"><table class=\"facts\">")
        .append("<tbody>\n");
    for (Document.Fact fact : document.provenance()) {
      out.append("<tr><th scope=\"row\">" + Markup.escaped(fact.name()))
          .append("</th><td>" + Markup.escaped(fact.value()) + "</td></tr>\n");
    }
    out.append("</tbody></table></div>\n</footer>\n");
  }

  private void element(String tag, String classes, String text) {
    if (!text.isBlank()) {
      String attribute = classes.isEmpty() ? "" : " class=\"" + classes + "\"";
      out.append("<" + tag + attribute + ">" + Markup.escaped(text) + "</" + tag + ">\n");
    }
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(DocumentHtml.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
