// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

/**
 * The result of a command, ready for every format. Commands map their findings to it; only this
 * module writes a format.
 *
 * @param printout for people: tables and the lines around them
 * @param records for CSV: a row for each finding
 * @param json for programs: one object of schema 1
 */
public record Report(Printout printout, Records records, JsonFields json) {

  /** The text in a format, without colors. */
  public String in(Format format) {
    return in(format, false);
  }

  /** The text in a format; colors are for a terminal and in tables only. */
  public String in(Format format, boolean colored) {
    return switch (format) {
      case TABLE -> printout.text(colored);
      case MARKDOWN -> printout.markdown();
      case CSV -> Csv.text(records);
      case JSON -> json.text();
    };
  }
}
