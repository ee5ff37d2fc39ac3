// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.internal.measure.PearsonCorrelation;
import io.github.djlstitch.experiments.LayerGrid.Way;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Says which layers of two encoders can be stitched to each other. */
final class LayerFindings {
  private static final double HIGH = .7; // a correlation worth relying on

  private final IrpFindings found = new IrpFindings();

  private LayerFindings() {}

  static Findings of(List<LayerGrid> grids) {
    var all = new LayerFindings();
    for (int k = 0; k < grids.size(); k++) {
      all.add(grids.get(k), "pair" + (k + 1));
    }
    all.found.note(
        "Layers are numbered from 0, the embeddings. Vectors are means over all tokens, also of"
            + " encoders that were trained to be read at their first token.");
    all.found.note(
        "Heads differ by the layer that they read, so accuracy is also shown as a share of the head's"
            + " own: above 1 where the layer carried over is better than the head's own.");
    return all.found.found();
  }

  private void add(LayerGrid grid, String id) {
    for (Way way : Way.values()) {
      String how = way.id();
      map(grid, id + "-" + how, "accuracy, " + how, "accuracy", grid.accuracy(way));
      map(grid, id + "-" + how + "-kept", "share kept, " + how, "share kept", grid.kept(way));
    }
    map(grid, id + "-cka", "CKA", "CKA", grid.cka());
    found.add(table(grid, id));
    for (Way way : Way.values()) {
      correlation(grid, way);
      diagonal(grid, way);
      best(grid, way);
    }
  }

  private void map(LayerGrid grid, String id, String what, String measure, double[][] values) {
    found.add(
        IrpFindings.heatMap(
            id,
            grid.name() + ": " + what,
            "By the layer whose states are carried over (rows) and the layer behind which the head"
                + " was trained.",
            measure,
            List.of(grid.from().name() + " layer", grid.to().name() + " layer"),
            grid.from().layers().stream().map(String::valueOf).toList(),
            grid.to().layers().stream().map(String::valueOf).toList(),
            values));
  }

  private static Table table(LayerGrid grid, String id) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < grid.from().layers().size(); i++) {
      List<Cell> row = new ArrayList<>(List.of(Cell.text("" + grid.from().layers().get(i))));
      for (Way way : Way.values()) {
        int best = highest(grid.accuracy(way)[i]);
        row.add(Cell.text("" + grid.to().layers().get(best)));
        row.add(Cell.of(grid.cell(way, i, best)));
        row.add(Cell.text("" + grid.to().layers().get(highest(grid.kept(way)[i]))));
      }
      row.add(Cell.text("" + grid.to().layers().get(highest(grid.cka()[i]))));
      rows.add(row);
    }
    return Table.of(
            id,
            grid.name() + ": the best layer of the head for each layer of the encoder",
            List.of(
                "layer",
                "relative",
                "relative accuracy",
                "relative kept",
                "coordinates",
                "coordinates accuracy",
                "coordinates kept",
                "CKA"),
            rows)
        .withNotes(
            "relative, coordinates: the head's layer of the highest accuracy, and that accuracy, mean"
                + " +- std over seeds; kept: its layer of the highest share kept; CKA: that of the"
                + " highest CKA.");
  }

  private void correlation(LayerGrid grid, Way way) {
    double[][] accuracy = grid.accuracy(way);
    double within = 0;
    for (int i = 0; i < accuracy.length; i++) {
      double r = PearsonCorrelation.of(grid.cka()[i], accuracy[i]).orElse(0);
      within += r / accuracy.length;
    }
    found.claim(
        within > HIGH,
        "%s, %s: CKA tells which heads read a layer well: Pearson r with accuracy %.2f in the mean"
            + " over the layers (%.2f over the whole map, %.2f with the share kept)",
        grid.name(),
        way.id(),
        within,
        pearson(grid.cka(), accuracy),
        pearson(grid.cka(), grid.kept(way)));
  }

  // The head's layer nearest in relative depth, or one beside it.
  private void diagonal(LayerGrid grid, Way way) {
    int rows = grid.from().layers().size();
    found.claim(
        2 * near(grid, grid.accuracy(way), 1) > rows,
        "%s, %s: the best head for a layer is that at its own relative depth: for %d of %d layers,"
            + " for %d at most one of the layers shown away (by the share kept %d, by CKA %d)",
        grid.name(),
        way.id(),
        near(grid, grid.accuracy(way), 0),
        rows,
        near(grid, grid.accuracy(way), 1),
        near(grid, grid.kept(way), 1),
        near(grid, grid.cka(), 1));
  }

  private static long near(LayerGrid grid, double[][] values, int distance) {
    return IntStream.range(0, values.length)
        .filter(i -> Math.abs(highest(values[i]) - sameDepth(grid, i)) <= distance)
        .count();
  }

  private static int sameDepth(LayerGrid grid, int row) {
    int nearest = 0;
    for (int j = 1; j < grid.to().layers().size(); j++) {
      double distance = Math.abs(grid.to().depth(j) - grid.from().depth(row));
      if (distance < Math.abs(grid.to().depth(nearest) - grid.from().depth(row))) {
        nearest = j;
      }
    }
    return nearest;
  }

  // Chosen on every other test sample and measured on the rest, both ways: else the best of many
  // would look better than it is.
  private void best(LayerGrid grid, Way way) {
    double[][] even = grid.mean(way, 0, 2);
    double[][] odd = grid.mean(way, 1, 2);
    int byEven = highest(flat(even));
    int byOdd = highest(flat(odd));
    double best = (flat(odd)[byEven] + flat(even)[byOdd]) / 2;
    double[] whole = flat(grid.accuracy(way));
    double last = whole[whole.length - 1];
    int columns = grid.to().layers().size();
    int overall = highest(whole);
    found.claim(
        best > last,
        "%s, %s: other layers than the last ones are better: %.3f against %.3f, chosen and measured"
            + " on different test samples (over all: layer %d to %d)",
        grid.name(),
        way.id(),
        best,
        last,
        grid.from().layers().get(overall / columns),
        grid.to().layers().get(overall % columns));
  }

  private static int highest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static double pearson(double[][] x, double[][] y) {
    return PearsonCorrelation.of(flat(x), flat(y)).orElse(Double.NaN);
  }

  private static double[] flat(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
  }
}
