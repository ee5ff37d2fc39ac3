// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;

/** Classifiers of all pairs of languages when one encoder reads all of them. */
final class Table17 implements Experiment {
  @Override
  public Card card() {
    return new Card(
        "table17",
        List.of(),
        "One encoder for all languages",
        "Moschella et al. 2023, table 17, sections 5.2 and A.6",
        "As table15 with one multilingual encoder, whose absolute spaces agree by themselves:"
            + " --encoder NAME or FOLDER, else XLM-R if it was pulled, else the bundled Chinese"
            + " encoder, which knows some of each script.",
        LanguageStudy.DATA,
        6);
  }

  @Override
  public Findings run(Lab lab) {
    CrossLingualScores found = LanguageStudy.coarse(lab).forAll(lab);
    String encoder = Lab.shortName(found.setting().encoders().get(0));
    List<Table> tables = new ArrayList<>();
    tables.add(
        found.pairs(
            "table17", "All pairs, %s: %s".formatted(encoder, found.setting().task().what())));
    tables.addAll(found.means("table17"));
    // The protocol's first claim is of spaces that disagree.
    List<Claim> general = found.setting().protocol().claims(found.first());
    List<Claim> claims = new ArrayList<>(List.of(fewBelow(found)));
    claims.addAll(general.subList(1, general.size()));
    claims.addAll(found.loss());
    return new Findings(claims, tables, found.maps("table17"), found.notes());
  }

  private static Claim fewBelow(CrossLingualScores found) {
    int below = 0;
    int pairs = 0;
    for (String decoder : found.setting().decoding()) {
      for (String encoder : found.setting().task().names()) {
        StitchScores scores = found.first();
        double relative = found.setting().pair(scores, Method.RELATIVE, decoder, encoder).mean();
        double absolute = found.setting().pair(scores, Method.ABSOLUTE, decoder, encoder).mean();
        pairs++;
        below += relative < absolute ? 1 : 0;
      }
    }
    return new Claim(
        ("with one encoder for all languages, relative is below absolute in all pairs (paper: 16 of"
                + " 16): %d of %d")
            .formatted(below, pairs),
        below == pairs);
  }
}
