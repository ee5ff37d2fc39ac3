// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.file.AtomicFile;
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

  static void writeAll(Results results, Path folder) {
    write(folder.resolve("results.json"), JSON.render(results));
    write(folder.resolve("results.csv"), CSV.render(results));
    write(folder.resolve("results.md"), MARKDOWN.render(results));
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
