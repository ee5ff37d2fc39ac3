// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.experiments.Experiment;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Field;
import io.github.djlstitch.report.JsonFields;
import io.github.djlstitch.report.Records;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.TextTable;
import java.util.ArrayList;
import java.util.List;

/** Maps the experiments there are to a report. */
public final class ExperimentListing {
  private ExperimentListing() {}

  /** Each experiment, and each id that runs with another one. */
  public static Report of(List<Experiment> experiments) {
    List<Experiment.Card> cards = experiments.stream().map(Experiment::card).toList();
    return new Report(Blocks.of(table(cards)), records(cards), json(cards));
  }

  private static TextTable table(List<Experiment.Card> cards) {
    var table = new TextTable("experiment", "min", "what it shows");
    for (Experiment.Card card : cards) {
      table.row(card.id(), Integer.toString(card.minutes()), card.title());
      card.aliases().forEach(alias -> table.row(alias, "", "with " + card.id()));
    }
    return table.leftAligned();
  }

  private static Records records(List<Experiment.Card> cards) {
    List<List<Field>> rows = new ArrayList<>();
    for (Experiment.Card card : cards) {
      Field minutes = Field.count(card.minutes());
      Field title = Field.word(card.title());
      rows.add(List.of(Field.word(card.id()), minutes, title, Field.empty()));
      for (String alias : card.aliases()) {
        rows.add(List.of(Field.word(alias), minutes, title, Field.word(card.id())));
      }
    }
    return new Records(List.of("experiment", "minutes", "title", "runs_with"), rows);
  }

  private static JsonFields json(List<Experiment.Card> cards) {
    return JsonFields.report("reproduce", Version.text())
        .with("experiments", cards.stream().map(ExperimentListing::json).toList());
  }

  private static JsonFields json(Experiment.Card card) {
    return new JsonFields()
        .with("id", card.id())
        .texts("aliases", card.aliases())
        .with("title", card.title())
        .with("minutes", card.minutes());
  }
}
