// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.DocumentFiles;
import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Format;
import io.github.djlstitch.report.json.DocumentJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The results of the main job in every form. */
public final class ResultForms {
  private ResultForms() {}

  /** In one form. */
  public static String render(Results results, Format format) {
    return switch (format) {
      case TABLE -> new ReportTables(results).text();
      case MARKDOWN -> new ReportTables(results).markdown();
      case JSON -> ReportJson.render(results);
      case CSV -> ReportCsv.render(results.report());
    };
  }

  /** Writes all files and tells which. */
  static String writeAll(Results results, Path folder) {
    Path file = folder.resolve("results.json");
    String json = ReportJson.render(results);
    write(file, json);
    write(folder.resolve("results.csv"), ReportCsv.render(results.report()));
    write(folder.resolve("results.md"), new ReportTables(results).markdown());
    if (results.outcome().curve().isEmpty()) {
      return "results.json, results.csv and results.md";
    }
    write(folder.resolve("curve.csv"), new CurveReport(results.outcome().curve().get()).csv());
    Figure curve = curve(DocumentJson.parse(file, json));
    DocumentFiles.vector(curve, folder.resolve("curve.svg"));
    DocumentFiles.pixels(curve, folder.resolve("curve.png"));
    return "results.json, results.csv, results.md, curve.csv, curve.svg and curve.png";
  }

  private static Figure curve(Document document) {
    return document.figures().stream()
        .filter(figure -> figure.id().equals("curve"))
        .findFirst()
        .orElseThrow();
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
