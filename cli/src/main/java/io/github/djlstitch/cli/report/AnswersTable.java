// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Shows how far stitched heads answer as they do on their own encoders: means of the methods. */
final class AnswersTable {
  /** The diagnostics that it shows, in its order. */
  static final List<String> MEASURES =
      List.of(
          Diagnostics.AGREEMENT,
          Diagnostics.AGREEMENT_BY_CHANCE,
          Diagnostics.JENSEN_SHANNON,
          Diagnostics.JENSEN_SHANNON_BY_CHANCE);

  private static final String LEGEND =
      """
      agreement: share of the test samples that the head answers, stitched, as it
      does on its own encoder. divergence: of the two answers' probabilities, in bits
      (Jensen-Shannon), 0 if they are equal. by chance: with the samples shuffled.
      """;

  private final StitchReport report;

  AnswersTable(StitchReport report) {
    this.report = report;
  }

  /** Returns false where test samples differ, as those of two languages may. */
  boolean isMeasured() {
    return report.methods().stream()
        .anyMatch(method -> report.diagnostic(method, Diagnostics.AGREEMENT).isPresent());
  }

  TextTable table() {
    var table = new TextTable("answers", "agreement", "by chance", "divergence", "by chance");
    for (Method method : report.methods()) {
      List<String> row = new ArrayList<>(List.of(method.id()));
      MEASURES.forEach(name -> row.add(shown(report.diagnostic(method, name))));
      table.row(row);
    }
    return table;
  }

  private static String shown(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "-";
  }

  Lines legend() {
    return new Lines(LEGEND);
  }
}
