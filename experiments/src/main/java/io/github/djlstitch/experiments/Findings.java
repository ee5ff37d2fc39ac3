// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.List;

/**
 * What an experiment found out.
 *
 * @param claims what the paper says, with our numbers in it, and whether it holds here
 * @param tables ours beside the paper's
 * @param figures as the paper draws them
 * @param notes how ours differs from the paper's, a line each
 */
public record Findings(
    List<Claim> claims, List<Table> tables, List<Figure> figures, List<String> notes) {
  /** Takes copies. */
  public Findings {
    claims = List.copyOf(claims);
    tables = List.copyOf(tables);
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
  }
}
