// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Gathers the findings of an experiment of the IRP paper. For one thread. */
final class IrpFindings {
  private final List<Claim> claims = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void claim(boolean holds, String statement, Object... numbers) {
    claims.add(new Claim(String.format(Locale.ROOT, statement, numbers), holds));
  }

  void add(Table table) {
    tables.add(table);
  }

  void add(Figure figure) {
    figures.add(figure);
  }

  void note(String line) {
    notes.add(line);
  }

  Findings found() {
    return new Findings(claims, tables, figures, notes);
  }

  /** A square matrix as heat map. */
  static Figure.HeatMap square(
      String id,
      String title,
      String caption,
      String measure,
      List<String> names,
      double[][] values) {
    List<String> axes = List.of("encoded by", "decoded to");
    return heatMap(id, title, caption, measure, axes, names, names, values);
  }

  /** A heat map of a measure; values that are not finite count as missing. */
  static Figure.HeatMap heatMap(
      String id,
      String title,
      String caption,
      String measure,
      List<String> axes,
      List<String> rows,
      List<String> columns,
      double[][] values) {
    List<List<OptionalDouble>> cells = new ArrayList<>();
    for (double[] row : values) {
      List<OptionalDouble> line = new ArrayList<>();
      for (double value : row) {
        line.add(Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty());
      }
      cells.add(line);
    }
    return new Figure.HeatMap(
        id, title, caption, axes.get(0), axes.get(1), rows, columns, cells, 2, measure);
  }

  /**
   * A heat map over delta (rows) and omega (columns).
   *
   * @param digits shown after the point
   */
  static Figure.HeatMap pruning(
      String id,
      String title,
      String measure,
      int digits,
      double[] deltas,
      int[] omegas,
      double[][] values) {
    Figure.HeatMap map =
        heatMap(
            id,
            title,
            "By delta, the least distance 1 - |cos| of kept anchors, and omega, the number of"
                + " subspaces averaged.",
            measure,
            List.of("delta", "omega"),
            Arrays.stream(deltas).mapToObj(d -> String.format(Locale.ROOT, "%.2f", d)).toList(),
            Arrays.stream(omegas).mapToObj(Integer::toString).toList(),
            values);
    return map.withDigits(digits);
  }

  /** The same of condition numbers, given as decimal logarithms. */
  static Figure.HeatMap conditions(
      String id, String title, double[] deltas, int[] omegas, double[][] logarithms) {
    double[][] numbers =
        Arrays.stream(logarithms)
            .map(row -> Arrays.stream(row).map(x -> Math.pow(10, x)).toArray())
            .toArray(double[][]::new);
    return pruning(id, title, "condition", 1, deltas, omegas, numbers).byMagnitude();
  }

  /** Words, then cells. */
  static List<Cell> row(String label, Cell... cells) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.text(label));
    row.addAll(List.of(cells));
    return row;
  }
}
