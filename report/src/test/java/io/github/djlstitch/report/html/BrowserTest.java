// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.djlstitch.report.Demo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser sees it; skipped where there is none. */
final class BrowserTest {
  private static final String MEASURE =
      "const e = document.documentElement;"
          + " parent.document.title = e.scrollWidth - e.clientWidth + ' pixels too wide';";

  // Looked for before folders are made: JUnit keeps the folder of a test that is skipped.
  private static Path program = Path.of("");

  // The browser's helpers may still be writing into their profile when it has ended.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Browser browser;

  @BeforeAll
  static void findBrowser() {
    Optional<Path> found = Browser.find();
    assumeTrue(found.isPresent(), "no chromium on the PATH: the page is not opened in a browser");
    program = found.get();
  }

  @BeforeEach
  void openBrowser() {
    browser = new Browser(program, folder);
  }

  @Test
  void thePageIsThereAndAsksNobodyForAnything() throws IOException, InterruptedException {
    Browser.Visit visit = browser.open(Demo.document());
    assertEquals(List.of(), visit.console());
    assertEquals(List.of(), visit.requests());
    String dom = visit.dom();
    assertEquals(5, count(dom, "<svg class=\"plot\""));
    assertEquals(5, count(dom, "<figcaption"));
    assertEquals(2, count(dom, "<table"));
    assertTrue(dom.contains("0.793<span class=\"std\"> ± 0.044</span>"), dom);
    // The script ran: it shows its button and took over the tooltips.
    assertTrue(dom.contains("Dark theme</button>") || dom.contains("Light theme</button>"));
    assertTrue(count(dom, "data-tip=") > 1000);
  }

  // Tables and wide figures may: in boxes of their own.
  @Test
  void aPhoneScrollsNothingSideways() throws IOException, InterruptedException {
    String page =
        DocumentHtml.render(Demo.document())
            .replaceFirst("<meta http-equiv=[^>]*>", "")
            .replace("</body>", "<script>" + MEASURE + "</script></body>");
    String frame = page.replace("&", "&amp;").replace("\"", "&quot;");
    String dom =
        browser
            .open("<iframe width=400 height=800 frameborder=0 srcdoc=\"" + frame + "\"></iframe>")
            .dom();
    assertTrue(dom.contains("<title>0 pixels too wide</title>"), dom.substring(0, 300));
  }

  @Test
  void labelsStayText() throws IOException, InterruptedException {
    String dom = browser.open(Demo.document()).dom();
    assertFalse(dom.contains("<script>alert"), "a label became a script");
    assertTrue(count(dom, "&lt;script&gt;alert(1)&lt;/script&gt;") > 3);
    assertEquals(1, count(dom, "<script>"));
  }

  @Test
  void aPageThatMisbehavesWouldBeSeen() throws IOException, InterruptedException {
    Browser.Visit visit =
        browser.open(
            "<img src='http://outside.invalid/x.png'><script>console.error('oh')</script>");
    assertTrue(visit.console().get(0).contains("oh"));
    assertTrue(visit.requests().get(0).contains("http://outside.invalid/x.png"));
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
