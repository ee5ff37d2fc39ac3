// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;

/** Classifiers of five ordered classes in every pair of languages, with their absolute error. */
final class Table16 implements Experiment {
  @Override
  public Card card() {
    return new Card(
        "table16",
        List.of(),
        "Five ordered classes in all pairs of languages",
        "Moschella et al. 2023, table 16, sections 5.2 and A.6",
        "As table15 on one to five stars, with the mean absolute error in stars beside F1. Without"
            + " reviews it guesses the fifth that a sentence's English original is in by its length,"
            + " since nothing else at hand has five classes in an order.",
        "Amazon reviews as for table15, all five stars; else lengths of SIB-200's sentences",
        6);
  }

  @Override
  public Findings run(Lab lab) {
    CrossLingualScores found = LanguageStudy.fine(lab).ofEach(lab);
    List<Table> tables = new ArrayList<>();
    tables.add(found.pairs("table16", "All pairs of languages: " + found.setting().task().what()));
    tables.addAll(found.means("table16"));
    tables.add(paper());
    List<Claim> claims = new ArrayList<>(found.claims());
    claims.add(found.errsLess());
    return new Findings(claims, tables, found.maps("table16"), found.notes());
  }

  private static Table paper() {
    return Table.of(
        "table16-paper",
        "The paper on five stars, ranges over its pairs (weighted F1)",
        List.of("what", "lowest", "highest"),
        List.of(
            List.of(
                Cell.text("native relative"),
                Cell.number(.51).withDigits(2),
                Cell.number(.62).withDigits(2)),
            List.of(
                Cell.text("stitched relative"),
                Cell.number(.33).withDigits(2),
                Cell.number(.52).withDigits(2))));
  }
}
