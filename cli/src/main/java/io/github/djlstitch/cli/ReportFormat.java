// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.json.DocumentJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The forms a report is printed in. */
enum ReportFormat implements Named {
  TABLE {
    @Override
    String render(Results results) {
      return new ReportTables(results).text();
    }
  },
  JSON {
    @Override
    String render(Results results) {
      return ReportJson.render(results);
    }
  },
  CSV {
    @Override
    String render(Results results) {
      return ReportCsv.render(results.report());
    }
  },
  MARKDOWN {
    @Override
    String render(Results results) {
      return new ReportTables(results).markdown();
    }
  };

  abstract String render(Results results);

  /** Writes all files and tells which. */
  static String writeAll(Results results, Path folder) {
    Path file = folder.resolve("results.json");
    String json = JSON.render(results);
    write(file, json);
    write(folder.resolve("results.csv"), CSV.render(results));
    write(folder.resolve("results.md"), MARKDOWN.render(results));
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
