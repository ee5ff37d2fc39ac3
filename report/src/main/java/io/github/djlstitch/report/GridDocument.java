// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a document of the root command's results: a table, the anchor curve, a grid a method. */
public final class GridDocument {
  private final GridResults results;

  private GridDocument(GridResults results) {
    this.results = results;
  }

  /** The document; its figures are {@code curve}, if there is one, and {@code grid-1} onwards. */
  public static Document of(GridResults results) {
    return new GridDocument(results).document();
  }

  private Document document() {
    GridResults.Samples samples = results.samples();
    GridResults.AnchorSet anchors = results.anchors();
    String about =
        "%d %s anchors, %d training and %d test samples of %d classes"
            .formatted(
                anchors.count(),
                anchors.strategy(),
                samples.train(),
                samples.test(),
                samples.classes());
    List<Figure> figures = new ArrayList<>();
    if (!results.curve().isEmpty()) {
      figures.add(GridCurve.of(results));
    }
    figures.addAll(grids());
    String title = "Zero-shot stitching on " + samples.name();
    var section = new Section(title, List.of(about), List.of(), tables(), figures, results.notes());
    return new Document(title, about, List.of(section), provenance());
  }

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>(List.of(summary()));
    if (!results.costs().isEmpty()) {
      tables.add(GridCosts.of(results.costs()));
    }
    if (!results.curve().isEmpty()) {
      tables.addAll(GridCurve.tables(results));
    }
    return tables;
  }

  private Table summary() {
    boolean uneven = results.labels().uneven();
    List<String> columns =
        uneven
            ? List.of("method", "own", "stitched", "kept", "own macro F1", "stitched macro F1")
            : List.of("method", "own", "stitched", "kept");
    List<List<Cell>> rows = new ArrayList<>();
    results.methods().forEach(method -> rows.add(row(method).subList(0, columns.size())));
    Cell majority = Cell.number(results.labels().majority());
    rows.add(
        Stream.concat(
                Stream.of(Cell.text("majority class"), Cell.absent(), majority),
                Stream.generate(Cell::absent))
            .limit(columns.size())
            .toList());
    return Table.of(
            "summary", "Accuracy, mean and standard deviation over pairs and seeds", columns, rows)
        .withNotes(notes());
  }

  private static List<Cell> row(GridResults.OfMethod method) {
    GridResults.Accuracies accuracy = method.accuracy();
    return List.of(
        Cell.text(method.method()),
        mean(accuracy.own()),
        mean(accuracy.stitched()),
        kept(accuracy),
        mean(method.ownF1()),
        mean(method.stitchedF1()));
  }

  /** The kept share, in percent. */
  static Cell kept(GridResults.Accuracies accuracy) {
    OptionalDouble share = accuracy.kept();
    return share.isPresent()
        ? Cell.text(String.format(Locale.ROOT, "%.0f %%", 100 * share.getAsDouble()))
        : Cell.absent();
  }

  private String notes() {
    GridResults.Labels labels = results.labels();
    String uneven =
        " Macro F1, because classes are uneven: %d to %d test samples."
            .formatted(labels.rarest(), labels.commonest());
    return "Own: each head on its own encoder, untouched. Stitched: on another encoder, with no"
        + " training. Kept: stitched as a share of own, of the same heads. Majority class: always"
        + " answering the most frequent one."
        + (labels.uneven() ? uneven : "");
  }

  private static Cell mean(Optional<GridResults.Mean> mean) {
    return mean.map(m -> Cell.spread(m.mean(), m.std())).orElseGet(Cell::absent);
  }

  private List<Figure> grids() {
    List<Figure> grids = new ArrayList<>();
    for (String method : names(GridResults.Score::method)) {
      Map<List<String>, Double> means =
          results.scores().stream()
              .filter(s -> s.method().equals(method))
              .collect(
                  Collectors.groupingBy(
                      s -> List.of(s.encoder(), s.decoder()),
                      LinkedHashMap::new,
                      Collectors.averagingDouble(GridResults.Score::accuracy)));
      grids.add(grid(method, grids.size() + 1, means));
    }
    return grids;
  }

  private Figure grid(String method, int number, Map<List<String>, Double> means) {
    List<String> encoders = names(GridResults.Score::encoder);
    List<String> decoders = names(GridResults.Score::decoder);
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
        "Each encoder (row) plugged into each head (column), and each head on its own encoder;"
            + " mean over seeds.",
        "encoder",
        "decoder",
        encoders,
        decoders,
        values,
        3,
        "accuracy");
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private List<String> names(Function<GridResults.Score, String> name) {
    return results.scores().stream().map(name).distinct().toList();
  }

  private List<Document.Fact> provenance() {
    return List.of(
        new Document.Fact("stitch", results.version()),
        new Document.Fact("data", results.samples().name()),
        new Document.Fact("data sha256", results.samples().sha256()),
        new Document.Fact("anchors sha256", results.anchors().sha256()),
        new Document.Fact(
            "seeds",
            results.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "))),
        new Document.Fact("device", results.device() + ", " + results.numbers()));
  }
}
