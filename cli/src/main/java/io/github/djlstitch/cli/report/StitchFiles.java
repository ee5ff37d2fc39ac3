// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.report.Csv;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Format;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.draw.Drawing;
import java.nio.file.Path;

/** Writes the results of the root command to a folder. */
public final class StitchFiles {
  private StitchFiles() {}

  /** Writes all files and names them. */
  public static String write(Results results, Report report, Path folder) {
    DocumentFiles.text(report.in(Format.JSON), folder.resolve("results.json"));
    DocumentFiles.text(report.in(Format.CSV), folder.resolve("results.csv"));
    DocumentFiles.text(report.in(Format.MARKDOWN), folder.resolve("results.md"));
    if (results.outcome().curve().isEmpty()) {
      return "results.json, results.csv and results.md";
    }
    String records = Csv.text(CurveReport.records(results.outcome().curve().get()));
    DocumentFiles.text(records, folder.resolve("curve.csv"));
    Drawing curve = Drawing.of(curve(results));
    DocumentFiles.vector(curve, folder.resolve("curve.svg"));
    DocumentFiles.pixels(curve, folder.resolve("curve.png"));
    return "results.json, results.csv, results.md, curve.csv, curve.svg and curve.png";
  }

  private static Figure curve(Results results) {
    return StitchDocument.of(results).figures().stream()
        .filter(figure -> figure.id().equals("curve"))
        .findFirst()
        .orElseThrow();
  }
}
