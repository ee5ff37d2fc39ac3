// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.report.Csv;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.DocumentRecords;
import io.github.djlstitch.report.Format;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.report.draw.Drawing;
import io.github.djlstitch.report.html.DocumentHtml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes documents to files; each appears whole or not at all. */
public final class DocumentFiles {
  private DocumentFiles() {}

  /** Writes results.json, report.html and every table and figure; returns a summary line. */
  public static String writeAll(Document document, Report report, Path folder) {
    text(report.in(Format.JSON), folder.resolve("results.json"));
    page(document, folder.resolve("report.html"));
    List<Table> tables = document.sections().stream().flatMap(s -> s.tables().stream()).toList();
    tables.forEach(
        table -> text(Csv.text(DocumentRecords.of(table)), folder.resolve(table.id() + ".csv")));
    int figures = figures(document, "", folder);
    return "results.json, report.html, %d tables (CSV) and %d figures (SVG, PNG)"
        .formatted(tables.size(), figures);
  }

  /** Writes the page. */
  public static void page(Document document, Path file) {
    text(DocumentHtml.render(document), file);
  }

  /**
   * Writes each figure as SVG, then each as PNG, which needs fonts; returns the number of figures.
   */
  public static int figures(Document document, String prefix, Path folder) {
    List<Drawing> drawings = Drawing.all(document.figures());
    drawings.forEach(drawing -> vector(drawing, folder.resolve(prefix + drawing.id() + ".svg")));
    drawings.forEach(drawing -> pixels(drawing, folder.resolve(prefix + drawing.id() + ".png")));
    return drawings.size();
  }

  /** Writes a figure as SVG. */
  public static void vector(Drawing drawing, Path file) {
    text(drawing.svgFile(), file);
  }

  /** Writes a figure as PNG. */
  public static void pixels(Drawing drawing, Path file) {
    byte[] png = drawing.png();
    AtomicFile.write(file, out -> out.write(png));
  }

  /** Writes a text in UTF-8. */
  public static void text(String text, Path file) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
