// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.report.GridResults;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the results of the root command from JSON. */
final class GridCard {
  private static final int LARGEST = 200;
  private static final int MOST_SCORES = 200_000;

  private GridCard() {}

  static GridResults read(JsonCard card) {
    List<GridResults.Score> scores = card.cards("results").stream().map(GridCard::score).toList();
    if (names(scores, GridResults.Score::encoder) > LARGEST
        || names(scores, GridResults.Score::decoder) > LARGEST) {
      throw card.refusal("schema", "results of at most " + LARGEST + " encoders and decoders");
    }
    long methods = names(scores, GridResults.Score::method);
    if (methods > LARGEST || scores.size() > MOST_SCORES) {
      throw methods > LARGEST
          ? card.excess("methods", methods, LARGEST)
          : card.excess("results", scores.size(), MOST_SCORES);
    }
    new DrawingBudget()
        .grid(
            card,
            names(scores, GridResults.Score::encoder)
                * names(scores, GridResults.Score::decoder)
                * methods);
    return new GridResults(
        card.text("version"),
        samples(card.card("dataset")),
        labels(card.card("test_labels")),
        anchors(card.card("anchors")),
        card.reals("seeds").stream().map(Double::longValue).toList(),
        card.text("device"),
        card.text("dtype"),
        scores,
        card.cards("summary").stream().map(GridCard::method).toList(),
        card.has("curve") ? card.cards("curve").stream().map(GridCard::point).toList() : List.of(),
        card.cards("summary").stream().filter(row -> row.has("cost")).map(GridCard::cost).toList(),
        card.has("notes") ? card.texts("notes") : List.of());
  }

  private static long names(
      List<GridResults.Score> scores, Function<GridResults.Score, String> of) {
    return scores.stream().map(of).distinct().count();
  }

  private static GridResults.Samples samples(JsonCard card) {
    return new GridResults.Samples(
        card.text("name"),
        card.integer("train"),
        card.integer("test"),
        card.integer("classes"),
        card.text("sha256"));
  }

  private static GridResults.Labels labels(JsonCard card) {
    return new GridResults.Labels(
        card.number("majority"),
        card.integer("rarest"),
        card.integer("commonest"),
        card.flag("uneven"));
  }

  private static GridResults.AnchorSet anchors(JsonCard card) {
    return new GridResults.AnchorSet(
        card.integer("count"), card.text("strategy"), card.text("sha256"));
  }

  private static GridResults.Score score(JsonCard row) {
    return new GridResults.Score(
        row.text("encoder"),
        row.text("decoder"),
        row.text("method"),
        row.card("metric").number("accuracy"));
  }

  private static GridResults.OfMethod method(JsonCard row) {
    JsonCard f1 = row.card("f1_macro");
    return new GridResults.OfMethod(
        row.text("method"), accuracies(row), mean(f1, "own"), mean(f1, "stitched"));
  }

  private static GridResults.OfCost cost(JsonCard row) {
    JsonCard cost = row.card("cost");
    return new GridResults.OfCost(
        row.text("method"),
        TableJson.optional(cost, "paired_samples"),
        TableJson.optional(cost, "parameters"),
        TableJson.optional(row, "condition_number"),
        TableJson.optional(row, "relative_mismatch"),
        TableJson.optional(row, "expected_accuracy"),
        TableJson.optional(cost, "fit_ms"),
        TableJson.optional(cost, "apply_ms"));
  }

  private static GridResults.OfAnchors point(JsonCard row) {
    return new GridResults.OfAnchors(row.size("anchors"), row.text("method"), accuracies(row));
  }

  private static GridResults.Accuracies accuracies(JsonCard row) {
    return new GridResults.Accuracies(
        mean(row, "own"), mean(row, "stitched"), TableJson.optional(row, "kept"));
  }

  private static Optional<GridResults.Mean> mean(JsonCard row, String field) {
    if (!row.has(field)) {
      return Optional.empty();
    }
    JsonCard spread = row.card(field);
    return Optional.of(
        new GridResults.Mean(spread.number("mean"), TableJson.optional(spread, "std")));
  }
}
