// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.List;
import java.util.OptionalDouble;

/** Makes the table of what methods cost. */
final class GridCosts {
  private GridCosts() {}

  static Table of(List<GridResults.OfCost> costs) {
    List<List<Cell>> rows = costs.stream().map(GridCosts::row).toList();
    return Table.of(
            "cost",
            "Cost, means over stitched results",
            List.of(
                "method",
                "paired",
                "numbers",
                "cond",
                "mismatch",
                "expected",
                "fit ms",
                "apply ms"),
            rows)
        .withNotes(
            "Paired: samples known in both spaces. Numbers: what the bridge consists of, both halves"
                + " together. Cond: how much the codec's inverse may amplify noise; 1 is none."
                + " Mismatch: distance of the two spaces' relative vectors of the anchors. Expected: accuracy predicted from anchors alone. Milliseconds: to make"
                + " the bridge, and to apply it.");
  }

  private static List<Cell> row(GridResults.OfCost cost) {
    return List.of(
        Cell.text(cost.method()),
        cell(cost.paired(), 0),
        cell(cost.numbers(), 0),
        cell(cost.condition(), 1),
        cell(cost.mismatch(), 3),
        cell(cost.expected(), 3),
        cell(cost.fitMillis(), 1),
        cell(cost.applyMillis(), 1));
  }

  private static Cell cell(OptionalDouble value, int digits) {
    return value.isPresent() ? Cell.number(value.getAsDouble()).withDigits(digits) : Cell.absent();
  }
}
