// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.List;

/**
 * Results of an experiment.
 *
 * @param claims statements of the paper with our numbers and a verdict
 * @param tables our numbers beside the paper's
 * @param figures as the paper draws them
 * @param notes differences from the paper's setting, one line each
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
