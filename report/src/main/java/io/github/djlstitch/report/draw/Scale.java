// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.Figure;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The numbers that the two ends of a scale of colors stand for.
 *
 * @param low the palest color's
 * @param high the darkest color's
 * @param logarithmic whether equal steps of color are equal factors; then the ends are above 0
 */
record Scale(double low, double high, boolean logarithmic) {
  private static final Scale NONE = new Scale(0, 1, false);

  /** The scales of all measures that have a name, each over all matrices of that measure. */
  static Map<String, Scale> byMeasure(List<Figure> figures) {
    Map<String, DoubleSummaryStatistics> ranges = new LinkedHashMap<>();
    Set<String> byMagnitude = new HashSet<>();
    for (Figure figure : figures) {
      if (figure instanceof Figure.HeatMap map && !map.measure().isBlank()) {
        ranges.computeIfAbsent(key(map), m -> new DoubleSummaryStatistics()).combine(range(map));
        if (map.logarithmic()) {
          byMagnitude.add(key(map));
        }
      }
    }
    Map<String, Scale> scales = new LinkedHashMap<>();
    ranges.forEach((key, range) -> scales.put(key, of(range, byMagnitude.contains(key))));
    return scales;
  }

  // Linear and logarithmic maps of one measure have a scale each.
  private static String key(Figure.HeatMap map) {
    return map.measure() + (map.logarithmic() ? " by magnitude" : "");
  }

  /** The scale of its measure, or of its own numbers if the measure has no name. */
  static Scale of(Figure figure, Map<String, Scale> scales) {
    return figure instanceof Figure.HeatMap map
        ? scales.getOrDefault(key(map), of(range(map), map.logarithmic()))
        : NONE;
  }

  /** The place of a number between the ends, 0 to 1; the middle if they are the same. */
  double share(double value) {
    if (!(high > low)) {
      return 0.5;
    }
    if (!logarithmic) {
      return (value - low) / (high - low);
    }
    return value > low ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low)) : 0;
  }

  /** The number at a place between the ends. */
  double at(double share) {
    return logarithmic
        ? Math.exp(Math.log(low) + share * (Math.log(high) - Math.log(low)))
        : low + share * (high - low);
  }

  private static Scale of(DoubleSummaryStatistics range, boolean logarithmic) {
    return range.getCount() == 0 ? NONE : new Scale(range.getMin(), range.getMax(), logarithmic);
  }

  private static DoubleSummaryStatistics range(Figure.HeatMap map) {
    return map.values().stream()
        .flatMap(List::stream)
        .flatMapToDouble(OptionalDouble::stream)
        .filter(value -> Double.isFinite(value) && (value > 0 || !map.logarithmic()))
        .summaryStatistics();
  }
}
