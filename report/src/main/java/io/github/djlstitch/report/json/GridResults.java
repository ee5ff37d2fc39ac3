// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The results of the root command as a document: a table, a grid a method, the anchor curve. */
final class GridResults {
  private static final int LARGEST = 200;

  private final JsonCard card;
  private final List<Score> scores;

  /** One measurement. */
  private record Score(String encoder, String decoder, String method, double accuracy) {}

  private GridResults(JsonCard card) {
    this.card = card;
    this.scores = card.cards("results").stream().map(GridResults::score).toList();
  }

  static Document read(JsonCard card) {
    return new GridResults(card).document();
  }

  private static Score score(JsonCard row) {
    return new Score(
        row.text("encoder"),
        row.text("decoder"),
        row.text("method"),
        row.card("metric").number("accuracy"));
  }

  private Document document() {
    String data = card.card("dataset").text("name");
    var anchors = card.card("anchors");
    String about =
        "%d %s anchors, %d training and %d test samples of %d classes"
            .formatted(
                anchors.integer("count"),
                anchors.text("strategy"),
                card.card("dataset").integer("train"),
                card.card("dataset").integer("test"),
                card.card("dataset").integer("classes"));
    List<Figure> figures = new ArrayList<>();
    if (card.has("curve")) {
      figures.add(curve());
    }
    figures.addAll(grids());
    var section =
        new Section(
            "Zero-shot stitching on " + data,
            List.of(about + "."),
            List.of(),
            List.of(summary()),
            figures,
            List.of());
    return new Document("Zero-shot stitching on " + data, about, List.of(section), provenance());
  }

  private Table summary() {
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonCard row : card.cards("summary")) {
      rows.add(
          List.of(
              Cell.text(row.text("method")),
              mean(row, "stitched"),
              mean(row, "matched"),
              Cell.number(row.number("chance"))));
    }
    return Table.of(
            "summary",
            "Accuracy, mean and standard deviation over pairs and seeds",
            List.of("method", "stitched", "matched", "chance"),
            rows)
        .withNotes(
            "Stitched: a head reads an encoder it was not trained on. Matched: it reads its own.");
  }

  private static Cell mean(JsonCard row, String field) {
    if (!row.has(field)) {
      return Cell.absent();
    }
    JsonCard spread = row.card(field);
    return Cell.spread(spread.number("mean"), TableJson.optional(spread, "std"));
  }

  private List<Figure> grids() {
    List<String> encoders = names(Score::encoder);
    List<String> decoders = names(Score::decoder);
    if (encoders.size() > LARGEST || decoders.size() > LARGEST) {
      throw card.refusal("schema", "results of at most " + LARGEST + " encoders and decoders");
    }
    List<Figure> grids = new ArrayList<>();
    for (String method : names(Score::method)) {
      Map<List<String>, Double> means =
          scores.stream()
              .filter(s -> s.method().equals(method))
              .collect(
                  Collectors.groupingBy(
                      s -> List.of(s.encoder(), s.decoder()),
                      LinkedHashMap::new,
                      Collectors.averagingDouble(Score::accuracy)));
      grids.add(grid(method, grids.size() + 1, encoders, decoders, means));
    }
    return grids;
  }

  private static Figure grid(
      String method,
      int number,
      List<String> encoders,
      List<String> decoders,
      Map<List<String>, Double> means) {
    List<List<OptionalDouble>> values = new ArrayList<>();
    for (String encoder : encoders) {
      values.add(
          decoders.stream()
              .map(decoder -> optional(means.get(List.of(encoder, decoder))))
              .toList());
    }
    return new Figure.HeatMap(
        "grid-" + number,
        "Accuracy by encoder and decoder: " + method,
        "Each encoder (row) plugged into each head (column); mean over seeds.",
        "encoder",
        "decoder",
        encoders,
        decoders,
        values,
        3);
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private List<String> names(Function<Score, String> name) {
    return scores.stream().map(name).distinct().toList();
  }

  private Figure curve() {
    Map<String, List<Figure.Mark>> curves = new LinkedHashMap<>();
    NavigableMap<Integer, Double> matched = new TreeMap<>();
    for (JsonCard row : card.cards("curve")) {
      int anchors = row.size("anchors");
      List<Figure.Mark> marks =
          curves.computeIfAbsent(row.text("method"), method -> new ArrayList<>());
      if (row.has("stitched")) {
        JsonCard spread = row.card("stitched");
        marks.add(
            new Figure.Mark(anchors, spread.number("mean"), TableJson.optional(spread, "std")));
      }
      if (row.has("matched")) {
        matched.merge(anchors, row.card("matched").number("mean"), Math::max);
      }
    }
    curves.put("best matched", marks(matched));
    for (JsonCard summary : card.cards("summary")) {
      double chance = summary.number("chance"); // the same in every row
      matched.replaceAll((anchors, accuracy) -> chance);
      curves.put("chance", marks(matched));
    }
    List<Figure.Curve> drawn =
        curves.entrySet().stream().map(e -> new Figure.Curve(e.getKey(), e.getValue())).toList();
    String bands = Figure.Lines.hasBands(drawn) ? "; bands are one standard deviation" : "";
    return new Figure.Lines(
        "curve",
        "Stitched accuracy by the number of anchors",
        "Mean over pairs and seeds%s. Best matched: the best method of heads on their own encoders."
            .formatted(bands),
        "anchors",
        "accuracy",
        true,
        drawn);
  }

  private static List<Figure.Mark> marks(NavigableMap<Integer, Double> accuracies) {
    return accuracies.entrySet().stream()
        .map(e -> new Figure.Mark(e.getKey(), e.getValue(), OptionalDouble.empty()))
        .toList();
  }

  private List<Document.Fact> provenance() {
    List<Document.Fact> facts = new ArrayList<>();
    facts.add(new Document.Fact("stitch", card.text("version")));
    facts.add(new Document.Fact("data", card.card("dataset").text("name")));
    facts.add(new Document.Fact("data sha256", card.card("dataset").text("sha256")));
    facts.add(new Document.Fact("anchors sha256", card.card("anchors").text("sha256")));
    facts.add(
        new Document.Fact(
            "seeds",
            card.reals("seeds").stream()
                .map(s -> Long.toString(s.longValue()))
                .collect(Collectors.joining(", "))));
    facts.add(new Document.Fact("device", card.text("device") + ", " + card.text("dtype")));
    return facts;
  }
}
