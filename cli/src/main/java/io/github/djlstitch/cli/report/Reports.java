// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.DocumentRecords;
import io.github.djlstitch.report.DocumentText;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.json.DocumentJson;

/** Maps what commands found out to what they print. */
public final class Reports {
  private Reports() {}

  /** The report of the root command. */
  public static Report of(Results results) {
    return new Report(
        new StitchTables(results).blocks(),
        StitchRecords.of(results.report()),
        StitchJson.of(results));
  }

  /** The report of a comparison of spaces. */
  public static Report of(SpaceComparison comparison) {
    return new Report(
        new CompareTables(comparison).blocks(),
        CompareRecords.of(comparison),
        CompareJson.of(comparison));
  }

  /**
   * The report of an experiment.
   *
   * @param run what made the document
   * @param detailed whether tables have 95 % intervals
   */
  public static Report of(DocumentJson.Run run, Document document, boolean detailed) {
    return new Report(
        new DocumentText(document, detailed),
        DocumentRecords.of(document),
        DocumentJson.of(run, document));
  }
}
