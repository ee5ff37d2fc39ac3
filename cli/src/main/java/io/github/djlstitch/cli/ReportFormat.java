// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.file.AtomicFile;
import io.github.djlstitch.core.stitch.AnchorCurve;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The forms a report is printed in. */
enum ReportFormat {
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
    write(folder.resolve("results.json"), JSON.render(results));
    write(folder.resolve("results.csv"), CSV.render(results));
    write(folder.resolve("results.md"), MARKDOWN.render(results));
    if (results.outcome().curve().isEmpty()) {
      return "results.json, results.csv and results.md";
    }
    AnchorCurve curve = results.outcome().curve().get();
    write(folder.resolve("curve.csv"), new CurveReport(curve).csv());
    write(folder.resolve("curve.png"), CurveChart.png(results, curve));
    return "results.json, results.csv, results.md, curve.csv and curve.png";
  }

  private static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path file, byte[] bytes) {
    AtomicFile.write(file, out -> out.write(bytes));
  }
}
