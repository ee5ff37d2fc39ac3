// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.experiments.LanguageTask.Origin;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A classifier trained in English and read in other languages, over two kinds of anchors. */
final class Table4 implements Experiment {
  // Table 4 of Moschella et al. 2023: English decoder, absolute, relative over translated anchors
  // and over sentences of Wikipedia.
  private static final Map<String, List<Double>> PAPER =
      Map.of(
          "en", List.of(.9154, .9006, .9045),
          "es", List.of(.4367, .8278, .7853),
          "fr", List.of(.5441, .7849, .7041),
          "ja", List.of(.4872, .6572, .6631));

  @Override
  public Card card() {
    return new Card(
        "table4",
        List.of(),
        "An English classifier read in other languages",
        "Moschella et al. 2023, table 4, section 5.2",
        "A head is trained on English texts and reads other languages, each by an encoder of its own."
            + " Anchors are texts of the task with their translations, or parallel texts about"
            + " something else (out of domain).",
        LanguageStudy.DATA,
        3);
  }

  @Override
  public Findings run(Lab lab) {
    CrossLingualScores found = LanguageStudy.coarse(lab).ofEach(lab, 1);
    List<Table> tables = new ArrayList<>();
    tables.add(table(found));
    tables.addAll(found.means("table4"));
    return new Findings(found.claims(), tables, List.of(), found.notes());
  }

  private static Table table(CrossLingualScores found) {
    List<String> names = found.setting().task().names();
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(names.get(i)));
      row.add(Cell.text(Lab.shortName(found.setting().encoders().get(i))));
      row.addAll(found.cells(names.get(0), names.get(i)));
      row.addAll(ours(found, names.get(0), names.get(i)));
      row.addAll(paper(names.get(i)));
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(List.of("language", "encoder"));
    columns.addAll(found.columns());
    for (Origin origin : found.scores().keySet()) {
      columns.add("auto: " + origin.id());
    }
    columns.addAll(List.of("paper: absolute", "paper: translated", "paper: Wikipedia"));
    return Table.of(
            "table4",
            "A decoder trained in %s: %s".formatted(names.get(0), found.setting().task().what()),
            columns,
            rows)
        .withLabels(2)
        .withNotes(
            found.legend(),
            "auto: our default codec into the linear head, centred, beyond the paper. The paper's"
                + " task is Amazon reviews, good or bad.");
  }

  private static List<Cell> ours(CrossLingualScores found, String decoder, String encoder) {
    return found.scores().values().stream()
        .map(
            scores ->
                scores
                    .where(s -> s.decoder().equals(decoder) && s.encoder().equals(encoder))
                    .of(CrossArchitecture.ourWay(), Method.AUTO, decoder.equals(encoder))
                    .cell())
        .toList();
  }

  private static List<Cell> paper(String language) {
    List<Double> paper = PAPER.getOrDefault(LanguageEncoders.letters(language), List.of());
    return paper.isEmpty()
        ? List.of(Cell.absent(), Cell.absent(), Cell.absent())
        : paper.stream().map(Cell::number).toList();
  }
}
