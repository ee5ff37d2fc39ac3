// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.Figure;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The numbers that the two ends of a scale of colors stand for.
 *
 * @param low the palest color's
 * @param high the darkest color's
 */
record Scale(double low, double high) {
  private static final Scale NONE = new Scale(0, 1);

  /** The scales of all measures that have a name, each over all matrices of that measure. */
  static Map<String, Scale> byMeasure(List<Figure> figures) {
    Map<String, DoubleSummaryStatistics> ranges = new LinkedHashMap<>();
    for (Figure figure : figures) {
      if (figure instanceof Figure.HeatMap map && !map.measure().isBlank()) {
        ranges
            .computeIfAbsent(map.measure(), m -> new DoubleSummaryStatistics())
            .combine(range(map));
      }
    }
    Map<String, Scale> scales = new LinkedHashMap<>();
    ranges.forEach((measure, range) -> scales.put(measure, of(range)));
    return scales;
  }

  /** The scale of its measure, or of its own numbers if the measure has no name. */
  static Scale of(Figure figure, Map<String, Scale> scales) {
    return figure instanceof Figure.HeatMap map
        ? scales.getOrDefault(map.measure(), of(range(map)))
        : NONE;
  }

  /** The place of a number between the ends, 0 to 1; the middle if they are the same. */
  double share(double value) {
    return high > low ? (value - low) / (high - low) : 0.5;
  }

  private static Scale of(DoubleSummaryStatistics range) {
    return range.getCount() == 0 ? NONE : new Scale(range.getMin(), range.getMax());
  }

  private static DoubleSummaryStatistics range(Figure.HeatMap map) {
    return map.values().stream()
        .flatMap(List::stream)
        .flatMapToDouble(OptionalDouble::stream)
        .filter(Double::isFinite)
        .summaryStatistics();
  }
}
