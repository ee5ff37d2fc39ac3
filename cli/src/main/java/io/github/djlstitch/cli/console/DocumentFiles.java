// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.report.Csv;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.report.draw.Drawing;
import io.github.djlstitch.report.html.DocumentHtml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A document as files; each appears whole or not at all. */
public final class DocumentFiles {
  private DocumentFiles() {}

  /** Writes results.json, report.html and every table and figure; returns a summary line. */
  public static String writeAll(Document document, String json, Path folder) {
    write(folder.resolve("results.json"), json);
    page(document, folder.resolve("report.html"));
    List<Table> tables = document.sections().stream().flatMap(s -> s.tables().stream()).toList();
    tables.forEach(table -> write(folder.resolve(table.id() + ".csv"), Csv.of(table)));
    int figures = figures(document, "", folder);
    return "results.json, report.html, %d tables (CSV) and %d figures (SVG, PNG)"
        .formatted(tables.size(), figures);
  }

  /** Writes the page. */
  public static void page(Document document, Path file) {
    write(file, DocumentHtml.render(document));
  }

  /**
   * Writes each figure as SVG, then each as PNG, which needs fonts; returns the number of figures.
   */
  public static int figures(Document document, String prefix, Path folder) {
    List<Figure> figures = document.figures();
    figures.forEach(figure -> vector(figure, folder.resolve(prefix + figure.id() + ".svg")));
    figures.forEach(figure -> pixels(figure, folder.resolve(prefix + figure.id() + ".png")));
    return figures.size();
  }

  /** Writes a figure as SVG. */
  public static void vector(Figure figure, Path file) {
    write(file, Drawing.of(figure).svgFile());
  }

  /** Writes a figure as PNG. */
  public static void pixels(Figure figure, Path file) {
    byte[] png = Drawing.of(figure).png();
    AtomicFile.write(file, out -> out.write(png));
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
