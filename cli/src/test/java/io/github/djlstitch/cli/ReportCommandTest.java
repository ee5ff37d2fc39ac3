// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results to pages and pictures. */
final class ReportCommandTest {
  @TempDir Path folder;

  private Path results() {
    Path out = folder.resolve("grid");
    Run.of(Sample.pair("--method=relative,irp", "--curve=8,20", "--out", out.toString())).ok();
    return out.resolve("results.json");
  }

  @Test
  void resultsBecomeAPageAndPictures() throws IOException {
    results();
    String grid = folder.resolve("grid").toString();
    String pictures = folder.resolve("pictures").toString();
    String page = folder.resolve("page.html").toString();
    Run run = Run.of("report", grid, "--out", page, "--figures", pictures).ok();
    assertTrue(run.out().contains("3 figures as SVG and PNG\n"), run.out());
    assertTrue(run.err().contains("wrote 3 figures (SVG, PNG) to"), run.err());
    String html = Files.readString(Path.of(page));
    assertTrue(html.contains("Accuracy by encoder and decoder: irp"));
    assertTrue(html.contains("Stitched accuracy by the number of anchors"));
    assertTrue(html.contains("minilm \u00d7 bge-small-head: "));
    assertEquals(
        List.of("curve.png", "curve.svg", "grid-1.png", "grid-1.svg", "grid-2.png", "grid-2.svg"),
        names(Path.of(pictures)));
    String curve = Files.readString(Path.of(pictures, "curve.svg"));
    for (String name : List.of("relative", "irp", "best own", "majority class")) {
      assertTrue(curve.contains(">" + name + "</text>"), name);
    }
    assertTrue(curve.contains("irp at 20: "), curve);
  }

  @Test
  void severalResultsShareAPage() throws IOException {
    String file = results().toString();
    Path page = folder.resolve("both.html");
    Path pictures = folder.resolve("both");
    Run.of("report", file, file, "--out", page.toString(), "--figures", pictures.toString()).ok();
    String html = Files.readString(page);
    assertTrue(html.contains("<section id=\"s2\">") && html.contains("id=\"s2-grid-1\""));
    assertTrue(names(pictures).contains("2-grid-2.svg"));
  }

  @Test
  void theMainCommandWritesThePageToo() throws IOException {
    Path page = folder.resolve("direct.html");
    Run.of(Sample.pair("--method=relative", "--report", page.toString())).ok();
    String html = Files.readString(page);
    assertTrue(html.contains("<th scope=\"row\">command</th><td>stitch --encoder"), html);
    assertTrue(html.contains("<th scope=\"row\">date</th><td>20"));
    assertTrue(html.contains("<th scope=\"row\">anchors sha256</th>"));
  }

  @Test
  void thePageOfACommandIsThePageOfItsFile() throws IOException {
    Path direct = folder.resolve("at once.html");
    Path read = folder.resolve("read.html");
    String out = folder.resolve("run").toString();
    Run.of(Sample.pair("--curve=10,30", "--out", out, "--report", direct.toString())).ok();
    Run.of("report", out, "--out", read.toString()).ok();
    assertEquals(body(read), body(direct));
  }

  // All but what made the page.
  private static String body(Path page) throws IOException {
    String html = Files.readString(page);
    return html.substring(html.indexOf("<main"), html.indexOf("</main>"));
  }

  @Test
  void whatCannotBeReportedIsRefused() throws IOException {
    String out = folder.resolve("p.html").toString();
    Run.of("report").refused(2, "at least one file of results");
    Run.of("report", "x.json").refused(2, "--out FILE.html, --figures DIR");
    Run.of("report", "x.json", "--out", "p.txt").refused(2, "must end in .html");
    Run.of("report", folder + "/no.json", "--out", out).refused(3, "no file", "results.json");
    Run.of("report", folder.toString(), "--out", out).refused(3, "no file", "results.json");
    Path other = Files.writeString(folder.resolve("o.json"), "{\"schema\": 1, \"command\": \"x\"}");
    Run.of("report", other.toString(), "--out", out).refused(3, "'command'", "o.json");
    Path none = Files.writeString(folder.resolve("n.json"), "hello");
    Run.of("report", none.toString(), "--out", out).refused(3, "not valid JSON");
    assertFalse(Files.exists(Path.of(out)));
    Run.of(Sample.pair("--report", "page.txt")).refused(2, "--report", ".html");
    Run.of("reproduce", "table5", "--report", "page.txt").refused(2, "--report", ".html");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
