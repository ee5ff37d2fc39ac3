// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

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
