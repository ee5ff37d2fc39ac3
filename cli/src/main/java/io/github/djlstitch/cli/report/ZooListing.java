// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.cli.report.Listing.Cell;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.Field;
import io.github.djlstitch.report.JsonFields;
import io.github.djlstitch.report.Records;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.TextTable;
import io.github.djlstitch.zoo.ModelCard;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.internal.data.DatasetCard;
import io.github.djlstitch.zoo.internal.data.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Maps what the zoo has to a report: encoders, data sets and forms of files. */
public final class ZooListing {
  private final ModelZoo zoo;

  private ZooListing(ModelZoo zoo) {
    this.zoo = zoo;
  }

  /** All of it. */
  public static Report of(ModelZoo zoo) {
    var listing = new ZooListing(zoo);
    return new Report(listing.text(), listing.records(), listing.json());
  }

  private Blocks text() {
    var encoders = new TextTable("encoder", "reads", "width", "trained on", "licence", "here");
    for (ModelCard card : zoo.cards()) {
      OptionalLong bytes = zoo.bytesAtHand(card);
      encoders.row(
          card.name(),
          card.reads(),
          Integer.toString(card.width()),
          card.trainedOn(),
          card.licence(),
          bytes.isPresent() ? Cell.size(bytes.getAsLong()) : "no");
    }
    var files = new TextTable("--dataset", "files that it reads");
    Datasets.files().forEach(files::row);
    return Blocks.of(
        encoders.leftAligned(),
        Lines.of(""),
        Lines.of("and any folder with a model, and hf:ORG/NAME[@REVISION]"),
        Lines.of("here: the size of what comes with the build or is kept"),
        Lines.of("(?): licence not verified"),
        Lines.of("decoders: ENCODER-head, for every encoder above"),
        Lines.blank(),
        datasets().leftAligned(),
        Lines.blank(),
        files.leftAligned());
  }

  private static TextTable datasets() {
    var table = new TextTable("data set", "holds", "classes", "comes from", "licence");
    for (DatasetCard card : Datasets.cards()) {
      table.row(
          card.name(),
          card.modality().plural(),
          Integer.toString(card.classes()),
          origin(card),
          card.licence());
    }
    return table;
  }

  private static String origin(DatasetCard card) {
    String local = Datasets.needsPath(card.name()) ? "files of yours" : "the build";
    return card.hub().map(DatasetCard.HubFiles::repository).orElse(local);
  }

  private Records records() {
    List<List<Field>> rows = new ArrayList<>();
    for (ModelCard card : zoo.cards()) {
      OptionalLong bytes = zoo.bytesAtHand(card);
      rows.add(
          List.of(
              Field.word("encoder"),
              Field.word(card.name()),
              Field.word(card.reads()),
              Field.count(card.width()),
              Field.word(card.licence()),
              Field.word(card.origin()),
              bytes.isPresent() ? Field.count(bytes.getAsLong()) : Field.empty()));
    }
    for (DatasetCard card : Datasets.cards()) {
      rows.add(
          List.of(
              Field.word("dataset"),
              Field.word(card.name()),
              Field.word(card.modality().plural()),
              Field.count(card.classes()),
              Field.word(card.licence()),
              Field.word(origin(card)),
              Field.empty()));
    }
    return new Records(
        List.of("kind", "name", "holds", "width_or_classes", "licence", "comes_from", "bytes_here"),
        rows);
  }

  private JsonFields json() {
    return JsonFields.report("zoo list", Version.text())
        .with("encoders", zoo.cards().stream().map(this::json).toList())
        .with("datasets", Datasets.cards().stream().map(ZooListing::json).toList())
        .texts("forms", List.copyOf(Datasets.files().keySet()));
  }

  private JsonFields json(ModelCard card) {
    OptionalLong bytes = zoo.bytesAtHand(card);
    var fields =
        new JsonFields()
            .with("name", card.name())
            .with("reads", card.reads())
            .with("width", card.width())
            .with("trained_on", card.trainedOn())
            .with("licence", card.licence())
            .with("origin", card.origin())
            .with("here", bytes.isPresent());
    bytes.ifPresent(size -> fields.with("bytes", size));
    return fields;
  }

  private static JsonFields json(DatasetCard card) {
    return new JsonFields()
        .with("name", card.name())
        .with("holds", card.modality().plural())
        .with("classes", card.classes())
        .with("comes_from", origin(card))
        .with("licence", card.licence());
  }
}
