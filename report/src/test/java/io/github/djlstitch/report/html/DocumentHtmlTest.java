// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Demo;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Markup;
import io.github.djlstitch.report.Section;
import io.github.djlstitch.report.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentHtmlTest {
  private static final String PAGE = DocumentHtml.render(Demo.document());

  @Test
  void thePageNamesNothingOutsideItself() {
    assertFalse(PAGE.matches("(?s).*\\b(https?:)?//[a-z].*\\.(com|org|net).*"), "an address");
    assertFalse(PAGE.contains("@import") || PAGE.contains("url("), "a style from elsewhere");
    assertFalse(PAGE.matches("(?s).*<(link|iframe|object|embed|base)\\b.*"), "a file");
    assertTrue(PAGE.contains("default-src 'none'; img-src data:; style-src 'sha256-"));
    assertFalse(PAGE.contains("unsafe"));
    assertFalse(PAGE.matches("(?s).*<[^>]* (style|on[a-z]+)=\".*"), "policy forbids it");
  }

  @Test
  void numbersCarryTheirUncertaintyAndThePapersAreTold() {
    assertTrue(PAGE.contains("0.793<span class=\"std\"> \u00b1 0.044</span>"));
    assertTrue(PAGE.contains("<span class=\"ci\" title=\"95 % interval\">[0.710, 0.850]</span>"));
    assertTrue(PAGE.contains("<th scope=\"col\" class=\"paper\">AE, paper</th>"));
    assertTrue(PAGE.contains("<td class=\"num\">\u22121.250</td>"));
    assertTrue(PAGE.contains("\u2713 holds") && PAGE.contains("\u2717 fails"));
  }

  @Test
  void figuresAreNamedForThoseWhoDoNotSeeThem() {
    assertTrue(PAGE.contains("<html lang=\"en\">"));
    assertTrue(PAGE.contains("<figcaption id=\"s1-anchors\">"));
    assertTrue(PAGE.contains("role=\"img\" tabindex=\"0\" aria-labelledby=\"s1-anchors\""));
    assertTrue(PAGE.contains("<nav aria-label=\"Contents\">"));
    var one = new Document("t", "", Demo.document().sections().subList(0, 1), List.of());
    assertFalse(DocumentHtml.render(one).contains("<nav"));
  }

  @Test
  void noTitleIsSaidTwice() {
    Section first = Demo.document().sections().get(0);
    var table = Table.of("t", "Stitching", List.of("a"), List.of(List.of(Cell.count(1))));
    var section =
        new Section(
            "Stitching", List.of("about"), List.of(), List.of(table), first.figures(), List.of());
    String page =
        DocumentHtml.render(new Document("Stitching", "about", List.of(section), List.of()));
    assertTrue(page.contains("<h1>Stitching</h1>") && page.contains("class=\"lead\">about</p>"));
    assertFalse(
        page.contains("<h2>") || page.contains("<p>about") || page.contains("class=\"title\""));
    assertTrue(page.contains("aria-label=\"Stitching\""), "for those who do not see it");
    var named = new Document("table3: Stitching", "", List.of(section), List.of());
    assertFalse(DocumentHtml.render(named).contains("<h2>"));
  }

  @Test
  void whatHasAMeaningInMarkupIsEscaped() {
    assertEquals(
        "&lt;a href=&quot;x&quot;&gt;&amp;amp;&#39;", Markup.escaped("<a href=\"x\">&amp;'"));
    assertEquals("a\ufffdb\ufffdc\ufffd", Markup.escaped("a\u0000b\u202ec\ud800"));
    assertEquals(
        "\ufffd\ufffd \u4f60\ud83d\ude00", Markup.escaped("\uffff\u0085 \u4f60\ud83d\ude00"));
    assertFalse(PAGE.contains("<script>alert"));
    assertEquals(-1, PAGE.indexOf('\u202e'));
    assertEquals(-1, PAGE.indexOf('\u0007'));
  }

  @Test
  void documentsAreJoinedWithTheirOrigins() {
    Document twice = Document.joined(List.of(Demo.document(), Demo.document()));
    String page = DocumentHtml.render(twice);
    assertEquals(4, page.split("<section id=", -1).length - 1);
    assertTrue(page.contains("id=\"s1-anchors\"") && page.contains("id=\"s3-anchors\""));
    assertTrue(page.contains("<tr><th scope=\"row\">table3: Stitching autoencoders</th>"));
  }
}
