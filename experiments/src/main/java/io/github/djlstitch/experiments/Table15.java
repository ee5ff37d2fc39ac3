// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;

/** Classifiers trained in every language and read in every other one. */
final class Table15 implements Experiment {
  @Override
  public Card card() {
    return new Card(
        "table15",
        List.of(),
        "Classifiers of all pairs of languages",
        "Moschella et al. 2023, table 15, sections 5.2 and A.6",
        "As table4, with a head trained in every language: weighted F1 of each pair, and the mean"
            + " absolute error where classes have an order.",
        LanguageStudy.DATA,
        6);
  }

  @Override
  public Findings run(Lab lab) {
    CrossLingualScores found = LanguageStudy.coarse(lab).ofEach(lab);
    List<Table> tables = new ArrayList<>();
    tables.add(found.pairs("table15", "All pairs of languages: " + found.setting().task().what()));
    tables.addAll(found.means("table15"));
    tables.add(paper());
    return new Findings(found.claims(), tables, found.maps("table15"), found.notes());
  }

  // The hardest pair; the sources at hand give no other cell.
  private static Table paper() {
    return Table.of(
            "table15-paper",
            "The paper's hardest pair, Amazon reviews, good or bad (weighted F1)",
            List.of("decoder", "encoder", "translated", "Wikipedia"),
            List.of(
                List.of(
                    Cell.text("ja"),
                    Cell.text("es"),
                    Cell.paper(.7037, .0694).withDigits(4),
                    Cell.number(.5854).withDigits(4))))
        .withLabels(2);
  }
}
