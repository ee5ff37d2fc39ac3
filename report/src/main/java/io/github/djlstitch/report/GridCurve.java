// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes the figure of accuracy by the number of anchors. */
final class GridCurve {
  private GridCurve() {}

  static Figure of(GridResults results) {
    Map<String, List<Figure.Mark>> curves = new LinkedHashMap<>();
    NavigableMap<Integer, Double> own = new TreeMap<>();
    for (GridResults.OfAnchors point : results.curve()) {
      List<Figure.Mark> marks = curves.computeIfAbsent(point.method(), method -> new ArrayList<>());
      point
          .accuracy()
          .stitched()
          .ifPresent(s -> marks.add(new Figure.Mark(point.anchors(), s.mean(), s.std())));
      point.accuracy().own().ifPresent(m -> own.merge(point.anchors(), m.mean(), Math::max));
    }
    List<Figure.Curve> all = new ArrayList<>();
    curves.forEach((method, marks) -> all.add(new Figure.Curve(method, marks)));
    all.add(new Figure.Curve("best own", marks(own), true));
    own.replaceAll((anchors, accuracy) -> results.labels().majority());
    all.add(new Figure.Curve("majority class", marks(own), true));
    return figure(all);
  }

  /** The curve's numbers: stitched, own, kept; a row for each method. */
  static List<Table> tables(GridResults results) {
    return List.of(
        table(results, "stitched", "Stitched accuracy", a -> mean(a.stitched())),
        table(results, "own", "Own accuracy", a -> mean(a.own())),
        table(results, "kept", "Kept", GridDocument::kept));
  }

  private static Table table(
      GridResults results, String id, String title, Function<GridResults.Accuracies, Cell> cell) {
    Map<String, Map<Integer, Cell>> cells = new LinkedHashMap<>();
    Set<Integer> counts = new TreeSet<>();
    for (GridResults.OfAnchors point : results.curve()) {
      counts.add(point.anchors());
      cells
          .computeIfAbsent(point.method(), method -> new HashMap<>())
          .put(point.anchors(), cell.apply(point.accuracy()));
    }
    List<String> columns = new ArrayList<>(List.of("anchors"));
    counts.forEach(count -> columns.add(count.toString()));
    List<List<Cell>> rows = new ArrayList<>();
    cells.forEach(
        (method, byCount) -> {
          List<Cell> row = new ArrayList<>(List.of(Cell.text(method)));
          counts.forEach(count -> row.add(byCount.getOrDefault(count, Cell.absent())));
          rows.add(row);
        });
    return Table.of("curve-" + id, title + " by the number of anchors", columns, rows);
  }

  private static Cell mean(Optional<GridResults.Mean> mean) {
    return mean.map(m -> Cell.number(m.mean())).orElseGet(Cell::absent);
  }

  private static List<Figure.Mark> marks(NavigableMap<Integer, Double> accuracies) {
    return accuracies.entrySet().stream()
        .map(e -> new Figure.Mark(e.getKey(), e.getValue(), OptionalDouble.empty()))
        .toList();
  }

  private static Figure figure(List<Figure.Curve> curves) {
    String bands = Figure.Lines.hasBands(curves) ? "; bands are one standard deviation" : "";
    return new Figure.Lines(
        "curve",
        "Stitched accuracy by the number of anchors",
        ("Mean over pairs and seeds%s. Best own: the best heads on their own encoders."
                + " Majority class: always answering the most frequent one.")
            .formatted(bands),
        "anchors",
        "accuracy",
        true,
        curves);
  }
}
