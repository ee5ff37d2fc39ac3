// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.internal.measure.PearsonCorrelation;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.experiments.PruningGrid.Place;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Stitchings by inverse relative projection over a grid of delta and omega. For one thread. */
final class PruningScores {
  private final double[] deltas;
  private final int[] omegas;
  private final List<Point> points = new ArrayList<>();
  private final List<Double> owns = new ArrayList<>();

  /** One stitching: a pair of spaces, a seed and a cell of the grid. */
  record Point(String pair, Place place, double similarity, double accuracy) {}

  PruningScores(double[] deltas, int[] omegas) {
    this.deltas = deltas.clone();
    this.omegas = omegas.clone();
  }

  /** Stitches every space into the heads of all others. */
  void measure(Lab lab, List<IrpSpace> spaces, long seed) {
    var heads = new IdentityHashMap<IrpSpace, Decoder>();
    var grid = new PruningGrid(spaces, deltas, omegas);
    grid.run(
        lab,
        seed,
        (place, source, target, carried) -> {
          if (!source.is(target)) {
            Decoder head = heads.computeIfAbsent(target, space -> head(lab, space, seed));
            String pair = source.name() + " to " + target.name();
            double similarity = RowCosines.mean(carried, target.own());
            points.add(new Point(pair, place, similarity, target.accuracy(head, carried)));
          }
        });
  }

  private Decoder head(Lab lab, IrpSpace space, long seed) {
    HeadOptions how = PlainHead.linear();
    Decoder head = space.head(lab.zoo().heads(how), how.head(), seed);
    owns.add(space.accuracy(head, space.own()));
    return head;
  }

  List<Point> points() {
    return List.copyOf(points);
  }

  /** Mean accuracy of the heads on their own encoders. */
  double own() {
    return Spread.of(owns.stream().mapToDouble(x -> x).toArray()).mean();
  }

  /** Mean and deviation over pairs and seeds in a cell. */
  Spread cell(int row, int column, ToDoubleFunction<Point> value) {
    return Spread.of(
        points.stream()
            .filter(p -> p.place().row() == row && p.place().column() == column)
            .mapToDouble(value)
            .toArray());
  }

  /** Means of all cells. */
  double[][] means(ToDoubleFunction<Point> value) {
    double[][] means = new double[deltas.length][omegas.length];
    for (int row = 0; row < deltas.length; row++) {
      for (int column = 0; column < omegas.length; column++) {
        means[row][column] = cell(row, column, value).mean();
      }
    }
    return means;
  }

  /** Pearson's r of similarity with accuracy over points; NaN if there is no spread. */
  static double pearson(List<Point> points) {
    return PearsonCorrelation.of(
            points.stream().mapToDouble(Point::similarity).toArray(),
            points.stream().mapToDouble(Point::accuracy).toArray())
        .orElse(Double.NaN);
  }
}
